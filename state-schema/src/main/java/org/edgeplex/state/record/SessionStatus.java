package org.edgeplex.state.record;

import org.edgeplex.state.RecordCodec;

/// What a protocol session is doing, as its own speaker sees it.
///
/// Writer: the speaker. For people and checks; nothing is decided by it.
///
/// @param state the word of the standard, such as `Established` or `OPERATIONAL`
/// @param sinceMillis when it entered the state, since 1970
/// @param epoch how often the session came up, over all lives of the speaker
/// @param detail the reason of the last change, or what was negotiated
public record SessionStatus(
        String state,
        long sinceMillis,
        long epoch,
        long messagesReceived,
        long messagesSent,
        String detail) {
    public static final RecordCodec<SessionStatus> CODEC =
            RecordCodec.of(
                    (out, status) ->
                            out.text(status.state)
                                    .i64(status.sinceMillis)
                                    .i64(status.epoch)
                                    .i64(status.messagesReceived)
                                    .i64(status.messagesSent)
                                    .text(status.detail),
                    in ->
                            new SessionStatus(
                                    in.text(), in.i64(), in.i64(), in.i64(), in.i64(), in.text()));
}
