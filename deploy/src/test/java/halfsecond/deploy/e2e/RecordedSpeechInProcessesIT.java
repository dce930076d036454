// SPDX-License-Identifier: Apache-2.0
package halfsecond.deploy.e2e;

import halfsecond.deploy.pipeline.Pipeline;

class RecordedSpeechInProcessesIT extends RecordedSpeechContract {

  @Override
  Pipeline start() throws Exception {
    return Pipelines.inProcesses("recorded-speech");
  }

  @Override
  int speakers() {
    return 2;
  }
}
