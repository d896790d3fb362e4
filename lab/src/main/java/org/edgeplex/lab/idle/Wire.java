package org.edgeplex.lab.idle;

import java.util.List;
import java.util.Locale;
import org.edgeplex.dataplane.io.IdleMode;
import org.edgeplex.lab.trial.DataplaneTrial;

/// A kind of port to measure: both of its ends.
enum Wire {
    /// A pair of interfaces of the kernel.
    AF_PACKET("af_packet:" + DataplaneTrial.NEAR, "af_packet:" + DataplaneTrial.FAR),
    /// Memory of two processes.
    MEMIF("memif:server,socket=" + Names.SOCKET, "memif:client,socket=" + Names.SOCKET),
    /// An interface that the data plane makes, and the kernel's side of it.
    TAP("tap:" + Names.TAP, "af_packet:" + Names.TAP);

    /// Apart, as constants of an enum cannot use those of the enum.
    private static final class Names {
        static final String TAP = "trial7";
        static final String SOCKET = "@edgeplex-idle-" + ProcessHandle.current().pid();
    }

    private final String near;
    private final String far;

    Wire(String near, String far) {
        this.near = near;
        this.far = far;
    }

    /// As in a port's name.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The data plane's port.
    String near() {
        return near;
    }

    String far() {
        return far;
    }

    /// Those that there are: nothing wakes a sleeper when the port is memory alone.
    List<IdleMode> modes() {
        return switch (this) {
            case AF_PACKET, TAP -> List.of(IdleMode.BUSY, IdleMode.ADAPTIVE, IdleMode.INTERRUPT);
            case MEMIF -> List.of(IdleMode.BUSY, IdleMode.ADAPTIVE);
        };
    }

    /// When the program at the near end is ready, before the far end opens.
    void prepare(DataplaneTrial trial) {
        if (this == TAP) {
            String mtu = Integer.toString(DataplaneTrial.WIRE_MTU_BYTES);
            trial.ip("link", "set", Names.TAP, "mtu", mtu, "up");
        }
    }
}
