package org.edgeplex.bgp.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;

/// A BGP message (RFC 4271, section 4; RFC 2918).
///
/// ```
///   | marker, 16 x 0xff | length, header included (2) | type (1) | body |
/// ```
public sealed interface Message {
    int HEADER_BYTES = 19;

    /// Longest message (RFC 4271, section 4.1); we do not offer RFC 8654.
    int BYTES_MAX = 4096;

    /// ```
    ///   | version (1) | my AS (2) | hold time (2) | BGP identifier (4) |
    ///   | length of optional parameters (1) | optional parameters |
    /// ```
    ///
    /// `as` is the real one: AS_TRANS and the capability of RFC 6793 are the codec's affair.
    record Open(
            AsNumber as,
            int holdTimeSeconds,
            Ipv4Address bgpIdentifier,
            List<Capability> capabilities)
            implements Message {
        public static final int VERSION = 4;
        public static final int HOLD_TIME_SECONDS_MIN = 3;

        public Open {
            capabilities = List.copyOf(capabilities);
        }

        /// Whether the same capability with the same value is offered.
        public boolean offers(Capability capability) {
            return capabilities.contains(capability);
        }

        /// Without any multiprotocol capability IPv4 unicast is meant (RFC 4760, section 8).
        public List<AddressFamily> families() {
            List<AddressFamily> offered =
                    capabilities.stream()
                            .filter(Capability.Multiprotocol.class::isInstance)
                            .map(capability -> ((Capability.Multiprotocol) capability).family())
                            .distinct()
                            .toList();
            return offered.isEmpty() ? List.of(AddressFamily.IPV4_UNICAST) : offered;
        }

        public boolean offersFourOctetAs() {
            return capabilities.stream().anyMatch(Capability.FourOctetAs.class::isInstance);
        }
    }

    /// Changes of routes in the order in which they apply, after the treatment of RFC 7606.
    ///
    /// Empty when all that was said concerned families which are not spoken.
    record Update(List<RouteUpdate> changes, List<AttributeError> errors) implements Message {
        public Update {
            changes = List.copyOf(changes);
            errors = List.copyOf(errors);
        }

        public static Update of(RouteUpdate... changes) {
            return new Update(List.of(changes), List.of());
        }
    }

    /// ```
    ///   | error code (1) | error subcode (1) | data |
    /// ```
    record Notification(int code, int subcode, Octets data) implements Message {
        private static final int COMMUNICATION_BYTES_MAX = 255;

        public static Notification of(NotificationCode code, int subcode, byte... data) {
            return new Notification(code.code(), subcode, Octets.of(data));
        }

        public static Notification of(UpdateError error, byte... data) {
            return of(NotificationCode.UPDATE_MESSAGE_ERROR, error.subcode(), data);
        }

        public static Notification of(Cease cease) {
            return of(NotificationCode.CEASE, cease.subcode());
        }

        /// What the operator on the other side wrote when shutting down (RFC 9003, section 2);
        /// control characters are made visible, since it goes to logs and terminals (section 5).
        public Optional<String> shutdownCommunication() {
            boolean shutdown =
                    code == NotificationCode.CEASE.code()
                            && (subcode == Cease.ADMINISTRATIVE_SHUTDOWN.subcode()
                                    || subcode == Cease.ADMINISTRATIVE_RESET.subcode());
            byte[] bytes = data.toBytes();
            if (!shutdown || bytes.length < 2) {
                return Optional.empty();
            }
            int length = Math.min(bytes[0] & COMMUNICATION_BYTES_MAX, bytes.length - 1);
            String words = new String(bytes, 1, length, StandardCharsets.UTF_8);
            return Optional.of(words.replaceAll("\\p{Cntrl}|\\p{Cf}|[\\u0080-\\u009f]", "?"));
        }

        @Override
        public String toString() {
            return NotificationText.of(this);
        }
    }

    record Keepalive() implements Message {}

    /// ```
    ///   | AFI (2) | reserved (1) | SAFI (1) |
    /// ```
    record RouteRefresh(AddressFamily family) implements Message {}
}
