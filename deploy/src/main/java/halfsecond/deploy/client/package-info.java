/**
 * A client of the speech API as an application would write one: it streams audio with flow control,
 * at the pace of a microphone or as fast as the server takes it, and hands back what was answered
 * and when. The command line and the end-to-end tests speak to the router through it and through
 * nothing else.
 */
@NullMarked
package halfsecond.deploy.client;

import org.jspecify.annotations.NullMarked;
