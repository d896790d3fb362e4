package org.edgeplex.controller.compute.netns;

import java.util.List;

/// Network devices of namespaces of this machine.
public final class NetnsDevices {
    private NetnsDevices() {}

    /// Whether the namespace has the device; false, too, when that cannot be found out.
    public static boolean exists(String namespace, String device) {
        try {
            return Commands.succeeds(List.of("ip", "-n", namespace, "link", "show", "dev", device));
        } catch (CommandFailedException e) {
            return false;
        }
    }
}
