package org.edgeplex.state.record;

import org.edgeplex.state.RecordCodec;

/// A number or a name that is taken. Key: `kind/number`, such as `vlan/101` or `attachment/7`.
/// Written with `ABSENT`, so that nothing is given twice.
///
/// Writer: the controller.
///
/// @param owner the name of who has it
public record Reservation(String owner) {
    public static final RecordCodec<Reservation> CODEC =
            RecordCodec.of(
                    (out, reservation) -> out.text(reservation.owner),
                    in -> new Reservation(in.text()));
}
