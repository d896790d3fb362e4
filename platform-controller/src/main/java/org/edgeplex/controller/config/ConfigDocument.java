package org.edgeplex.controller.config;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.edgeplex.controller.compute.IdleMode;
import org.edgeplex.controller.reconcile.VlanRange;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;
import org.edgeplex.openflow.SwitchAddress;
import org.jspecify.annotations.Nullable;

/// The file as it is written; what may be left out is nullable, here only.
record ConfigDocument(
        @JsonProperty(required = true) Pe pe,
        @Nullable String store,
        @JsonProperty("switch") @Nullable Bridge bridge,
        @Nullable List<Host> hosts,
        @Nullable Cvm cvm,
        @Nullable VlanRange vlanRange,
        @Nullable Health health) {

    // Jackson's "required" is satisfied by a name without a value.
    ConfigDocument {
        requireNonNull(pe, "pe is empty");
    }

    record Pe(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) Ipv4Address loopback,
            @JsonProperty(required = true) AsNumber as,
            @JsonProperty(required = true) String coreInterface,
            @JsonProperty(required = true) MacAddress coreMac,
            @Nullable Integer coreMtu,
            @Nullable List<Ipv4Address> routeReflectors,
            @Nullable LabelRange labelRange) {
        Pe {
            requireNonNull(name, "pe.name is empty");
            requireNonNull(loopback, "pe.loopback is empty");
            requireNonNull(as, "pe.as is empty");
            requireNonNull(coreInterface, "pe.core-interface is empty");
            requireNonNull(coreMac, "pe.core-mac is empty");
        }
    }

    record LabelRange(int first, int last) {}

    record Bridge(
            @JsonProperty(required = true) SwitchAddress ovsdb,
            @JsonProperty(required = true) SwitchAddress openflow,
            @Nullable String bridge,
            @JsonProperty(required = true) String namespace,
            @JsonProperty(required = true) String corePort,
            @JsonProperty(required = true) String cvmPort) {
        Bridge {
            requireNonNull(ovsdb, "switch.ovsdb is empty");
            requireNonNull(openflow, "switch.openflow is empty");
            requireNonNull(namespace, "switch.namespace is empty");
            requireNonNull(corePort, "switch.core-port is empty");
            requireNonNull(cvmPort, "switch.cvm-port is empty");
        }
    }

    record Host(
            @JsonProperty(required = true) String name,
            @JsonProperty(required = true) String namespace,
            @Nullable IdleMode idle) {
        Host {
            requireNonNull(name, "a host's name is empty");
            requireNonNull(namespace, "a host's namespace is empty");
        }
    }

    record Cvm(@JsonProperty(required = true) String namespace) {
        Cvm {
            requireNonNull(namespace, "cvm.namespace is empty");
        }
    }

    record Health(@Nullable Integer suspectAfterMillis, @Nullable Integer startAllowanceSeconds) {}
}
