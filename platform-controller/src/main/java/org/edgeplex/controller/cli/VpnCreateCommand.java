package org.edgeplex.controller.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Creates a VPN from a file or from options.
@Command(
        name = "create",
        description = "Creates a VPN: from a file, or with one access from options.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The file (YAML or JSON) is a vpn-service with \"vpn-nodes\", each with",
            "\"vpn-network-accesses\", in the form of the API (see /openapi.yaml).",
            "",
            "Example:",
            "  edgeplex vpn create --vpn red --customer Red --node pe1 --rd 65000:1 \\",
            "    --import 65000:1 --export 65000:1 --access red-1 --port ce-red \\",
            "    --address 172.16.1.1/30 --peer-as 65101 --peer-address 172.16.1.2 --wait"
        })
final class VpnCreateCommand extends VpnCommand.ApiCommand {
    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(names = "--wait", description = "Show the progress until all accesses run.")
    private boolean wait;

    @Option(
            names = "--timeout",
            defaultValue = "120",
            paramLabel = "SECONDS",
            description = "How long to wait (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;

    /// Either a file or options.
    static final class Source {
        @Option(
                names = {"-f", "--file"},
                paramLabel = "FILE",
                description = "The whole VPN.")
        private @Nullable Path file;

        @ArgGroup(exclusive = false, heading = "%nWithout a file:%n")
        private @Nullable Flags flags;
    }

    /// A VPN with one access.
    static final class Flags {
        @Option(names = "--vpn", required = true, paramLabel = "ID", description = "The vpn-id.")
        private String vpn = "";

        @Option(names = "--customer", paramLabel = "NAME", description = "The customer's name.")
        private @Nullable String customer;

        @Option(names = "--node", required = true, paramLabel = "PE", description = "The PE.")
        private String node = "";

        @Option(names = "--rd", required = true, description = "The route distinguisher.")
        private String rd = "";

        @Option(names = "--import", paramLabel = "RT", description = "Imported route targets.")
        private List<String> imports = List.of();

        @Option(names = "--export", paramLabel = "RT", description = "Exported route targets.")
        private List<String> exports = List.of();

        @Option(names = "--access", required = true, paramLabel = "ID", description = "Its name.")
        private String access = "";

        @Option(names = "--port", required = true, description = "The switch's port to the CE.")
        private String port = "";

        @Option(
                names = "--address",
                required = true,
                paramLabel = "ADDRESS/LENGTH",
                description = "The PE's address on the link.")
        private String address = "";

        @Option(names = "--mtu", defaultValue = "1500", description = "MTU of the link.")
        private int mtu;

        @Option(names = "--peer-as", paramLabel = "AS", description = "The CE's AS: eBGP.")
        private @Nullable Long peerAs;

        @Option(names = "--peer-address", paramLabel = "ADDRESS", description = "The CE's.")
        private @Nullable String peerAddress;

        @Option(
                names = "--route",
                paramLabel = "PREFIX=NEXT-HOP",
                description = "A static route; may be repeated.")
        private Map<String, String> routes = Map.of();

        ObjectNode order() {
            ObjectNode service =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("vpn-id", vpn)
                            .put("customer-name", customer == null ? vpn : customer);
            ObjectNode pe =
                    service.putArray("vpn-nodes")
                            .addObject()
                            .put("vpn-node-id", node)
                            .put("rd", rd);
            imports.forEach(pe.putArray("import-route-targets")::add);
            exports.forEach(pe.putArray("export-route-targets")::add);
            access(pe.putArray("vpn-network-accesses").addObject());
            return service;
        }

        private void access(ObjectNode out) {
            out.put("access-id", access).put("port", port).put("mtu", mtu);
            int slash = address.indexOf('/');
            String length = address.substring(slash + 1);
            if (slash < 0 || !length.matches("[0-9]{1,2}")) {
                throw new ApiCallException(0, "--address looks like 172.16.1.1/30: " + address);
            }
            out.putObject("ip-connection")
                    .putObject("ipv4")
                    .put("provider-address", address.substring(0, slash))
                    .put("prefix-length", Integer.parseInt(length));
            ObjectNode routing = out.putObject("routing");
            if (peerAs != null) {
                ObjectNode bgp = routing.putObject("bgp").put("peer-as", peerAs.longValue());
                if (peerAddress != null) {
                    bgp.put("peer-address", peerAddress);
                }
            } else {
                ArrayNode list = routing.putObject("static").putArray("routes");
                routes.forEach((prefix, nextHop) ->
                        list.addObject().put("prefix", prefix).put("next-hop", nextHop));
            }
        }
    }

    @Override
    int run(ApiClient api) {
        long since = api.get("/v1/status").path("last-event").asLong();
        VpnOrder order = new VpnOrder(api, this::tell);
        order.place(document());
        if (wait) {
            await(api, since, order.accesses());
        }
        return 0;
    }

    private JsonNode document() {
        if (source.flags != null) {
            return source.flags.order();
        }
        if (source.file == null) {
            throw new ApiCallException(0, "needs --file, or --vpn and what it consists of");
        }
        try {
            return new YAMLMapper().readTree(Files.readString(source.file));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new ApiCallException(0, source.file + ":" + line + ": " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new ApiCallException(0, "cannot be read: " + e.getMessage());
        }
    }

    private void await(ApiClient api, long since, List<String> accesses) {
        Set<String> waitedFor = new HashSet<>(accesses);
        // What was there before is told by no event.
        waitedFor.removeIf(access ->
                api.get(VpnTree.path(access)).at("/status/phase").asText().equals("RUNNING"));
        if (waitedFor.isEmpty()) {
            return;
        }
        boolean running =
                api.follow(
                        "/v1/events?since=" + since,
                        Duration.ofSeconds(timeoutSeconds),
                        event -> {
                            String subject = event.path("subject").asText();
                            String phase = event.path("phase").asText();
                            if (accesses.contains(subject) || phase.equals("FAILED")) {
                                tell(event);
                            }
                            if (phase.equals("RUNNING") || phase.equals("HEALED")) {
                                waitedFor.remove(subject);
                            }
                            return waitedFor.isEmpty();
                        });
        if (!running) {
            throw new ApiCallException(
                    0, "after " + timeoutSeconds + " s these do not run: " + waitedFor);
        }
    }
}
