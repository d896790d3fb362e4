package org.edgeplex.controller.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `edgeplex vpn ...`: VPNs of one controller, from the command line.
@Command(
        name = "vpn",
        description = "Creates, lists, shows and deletes VPNs of a controller.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            VpnCreateCommand.class,
            VpnCommand.ListCommand.class,
            VpnCommand.ShowCommand.class,
            VpnCommand.DeleteCommand.class
        })
public final class VpnCommand {
    /// What the commands share.
    abstract static class ApiCommand implements Callable<Integer> {
        @Spec private CommandSpec spec = CommandSpec.create();
        @Mixin private Connection connection = new Connection();

        @Override
        public final Integer call() {
            try {
                return run(connection.open());
            } catch (ApiCallException e) {
                PrintWriter err = spec.commandLine().getErr();
                err.println("edgeplex vpn: " + e.getMessage());
                err.flush();
                return 1;
            }
        }

        abstract int run(ApiClient api);

        final boolean json() {
            return connection.json();
        }

        final void print(String line) {
            PrintWriter out = spec.commandLine().getOut();
            out.println(line);
            out.flush();
        }

        /// For people only.
        final void tell(String line) {
            if (!json()) {
                print(line);
            }
        }

        final void tell(JsonNode event) {
            if (json()) {
                print(event.toString());
            } else {
                print(
                        "%s  %-12s %s: %s"
                                .formatted(
                                        event.path("time").asText().replaceAll(".*T|Z", ""),
                                        event.path("phase").asText(),
                                        event.path("subject").asText(),
                                        event.path("detail").asText()));
            }
        }
    }

    @Command(
            name = "list",
            description = "Lists all VPNs with their accesses.",
            mixinStandardHelpOptions = true)
    static final class ListCommand extends ApiCommand {
        @Override
        int run(ApiClient api) {
            JsonNode services = api.get("/v1/vpn-services").path("vpn-services");
            ArrayNode trees = JsonNodeFactory.instance.arrayNode();
            services.forEach(service -> trees.add(VpnTree.of(api, service)));
            if (json()) {
                print(trees.toString());
                return 0;
            }
            print("%-32s %-12s %-16s %8s %6s".formatted("VPN", "PHASE", "PORT", "LABEL", "VLAN"));
            trees.forEach(tree -> VpnTree.rows(tree).forEach(this::print));
            return 0;
        }
    }

    @Command(
            name = "show",
            description = "Shows one VPN with all that is known of it.",
            mixinStandardHelpOptions = true)
    static final class ShowCommand extends ApiCommand {
        @Parameters(paramLabel = "VPN", description = "Its vpn-id.")
        private String id = "";

        @Override
        int run(ApiClient api) {
            ObjectNode tree = VpnTree.of(api, api.get("/v1/vpn-services/" + VpnTree.name(id)));
            print(json() ? tree.toString() : tree.toPrettyString());
            return 0;
        }
    }

    @Command(
            name = "delete",
            description = "Deletes a VPN, a node of it, or an access.",
            mixinStandardHelpOptions = true)
    static final class DeleteCommand extends ApiCommand {
        @Parameters(paramLabel = "NAME", description = "Such as red, red/pe1 or red/pe1/red-1.")
        private String name = "";

        @Option(names = "--wait", description = "Show the progress until nothing is left.")
        private boolean wait;

        @Option(
                names = "--timeout",
                defaultValue = "120",
                paramLabel = "SECONDS",
                description = "How long to wait (default: ${DEFAULT-VALUE}).")
        private int timeoutSeconds;

        @Override
        int run(ApiClient api) {
            JsonNode operation = api.delete(VpnTree.path(name)).path("operation");
            tell(name + " is being withdrawn");
            if (!wait) {
                return 0;
            }
            String subject = operation.path("subject").asText();
            boolean gone =
                    api.follow(
                            operation.path("events").asText(),
                            Duration.ofSeconds(timeoutSeconds),
                            event -> {
                                tell(event);
                                return event.path("phase").asText().equals("GONE")
                                        && event.path("subject").asText().equals(subject);
                            });
            if (!gone) {
                throw new ApiCallException(0, name + " is not gone after " + timeoutSeconds + " s");
            }
            return 0;
        }
    }
}
