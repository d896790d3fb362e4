package org.edgeplex.state.ramcloud.capi;

import java.time.Duration;
import org.edgeplex.state.ramcloud.PendingCall;
import org.edgeplex.state.ramcloud.PendingCalls;

/// One call of the client.
abstract sealed class Call<T> extends PendingCall<T> permits ReadCall, WriteCall, SoloCall {
    Call(int size, Duration timeout, PendingCalls calls) {
        super(size, timeout, calls);
    }
}
