// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import halfsecond.deploy.pipeline.Pipeline;

class RecordedSpeechInOneJvmIT extends RecordedSpeechContract {

  @Override
  Pipeline start() {
    return Pipelines.inOneJvm();
  }

  @Override
  int speakers() {
    return 5;
  }
}
