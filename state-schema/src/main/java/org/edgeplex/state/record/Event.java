package org.edgeplex.state.record;

import org.edgeplex.state.RecordCodec;

/// A step of the platform's work, as the API's event stream tells it. Key: sequence number.
///
/// Writer: the controller. The oldest go when there are more than 10,000.
///
/// @param timeMillis since 1970
/// @param subject what it is about, such as `red/pe1/red-1`
/// @param phase a word for programs, such as `RUNNING`
/// @param detail a sentence for people
public record Event(long timeMillis, String subject, String phase, String detail) {
    public static final RecordCodec<Event> CODEC =
            RecordCodec.of(
                    (out, event) ->
                            out.i64(event.timeMillis)
                                    .text(event.subject)
                                    .text(event.phase)
                                    .text(event.detail),
                    in -> new Event(in.i64(), in.text(), in.text(), in.text()));
}
