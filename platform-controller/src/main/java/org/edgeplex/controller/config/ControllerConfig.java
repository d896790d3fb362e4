package org.edgeplex.controller.config;

import java.util.List;
import org.edgeplex.controller.compute.IdleMode;
import org.edgeplex.controller.health.HealthTiming;
import org.edgeplex.controller.reconcile.VlanRange;
import org.edgeplex.openflow.SwitchAddress;
import org.edgeplex.state.record.ProviderEdge;

/// What a controller is told about its PE.
///
/// @param store location of the store, such as `lmdb:/var/lib/edgeplex/state`
public record ControllerConfig(
        ProviderEdge self,
        String store,
        SwitchSetting bridge,
        List<Host> hosts,
        CvmSetting cvm,
        VlanRange vlans,
        HealthTiming timing) {

    public ControllerConfig {
        hosts = List.copyOf(hosts);
    }

    /// A compute host: a network namespace that exists.
    ///
    /// @param idle of the data planes there
    public record Host(String name, String namespace, IdleMode idle) {}

    /// The PE's switch.
    public sealed interface SwitchSetting {
        record None() implements SwitchSetting {}

        /// An Open vSwitch of this machine.
        ///
        /// @param namespace where the switch and the devices of its ports are
        record OpenVSwitch(
                SwitchAddress ovsdb,
                SwitchAddress openflow,
                String bridge,
                String namespace,
                String corePort,
                String cvmPort)
                implements SwitchSetting {}
    }

    /// Whether and where this controller runs the CVM.
    public sealed interface CvmSetting {
        record None() implements CvmSetting {}

        record InNamespace(String namespace) implements CvmSetting {}
    }
}
