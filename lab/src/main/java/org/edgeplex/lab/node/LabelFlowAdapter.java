package org.edgeplex.lab.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.edgeplex.lab.machine.CommandFailedException;
import org.edgeplex.lab.machine.Machine;
import org.edgeplex.lab.machine.Poll;
import org.edgeplex.lab.machine.RunDirectory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the flows of a [LabelSwitchNode] in step with its FRR: looks each second, applies the
/// difference in one bundle. A process of its own, for as long as the lab is up.
public final class LabelFlowAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(LabelFlowAdapter.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final Duration FOREVER = Duration.ofDays(10_000);
    private static final JsonMapper JSON = new JsonMapper();

    private final Machine machine;
    private final String router;
    private final Path home;
    private SortedSet<String> installed = new TreeSet<>();

    private LabelFlowAdapter(Machine machine, String node) {
        this.machine = machine;
        this.router = machine.namespace(node).name();
        this.home = machine.directory().resolve(node);
    }

    /// Arguments: the lab, the node.
    public static void main(String[] arguments) {
        Machine machine = new Machine(RunDirectory.of(arguments[0]));
        LabelFlowAdapter adapter = new LabelFlowAdapter(machine, arguments[1]);
        Optional<Boolean> never =
                Poll.untilPresent(
                        FOREVER,
                        INTERVAL,
                        () -> {
                            adapter.step();
                            return Optional.empty();
                        });
        LOG.info("ends: {}", never);
    }

    private void step() {
        try {
            SortedSet<String> wanted = LabelFlows.from(sources());
            List<String> changes = changes(installed, wanted);
            if (!changes.isEmpty()) {
                OpenVSwitch ovs =
                        new OpenVSwitch(machine, machine.namespace(""), home.resolve("ovs"));
                ovs.changeFlows(LabelSwitchNode.BRIDGE, changes);
                changes.forEach(change -> LOG.info("{}", change));
                installed = wanted;
            }
        } catch (CommandFailedException | JsonProcessingException e) {
            LOG.warn("looks again in {}: {}", INTERVAL, e.getMessage());
        }
    }

    /// Deletions before additions: a changed label's match is the same, and the bundle is ordered.
    static List<String> changes(SortedSet<String> installed, SortedSet<String> wanted) {
        List<String> changes = new ArrayList<>();
        for (String flow : installed) {
            if (!wanted.contains(flow)) {
                changes.add("delete_strict " + flow.substring(0, flow.indexOf(",actions=")));
            }
        }
        for (String flow : wanted) {
            if (!installed.contains(flow)) {
                changes.add("add " + flow);
            }
        }
        return changes;
    }

    private LabelFlows.Sources sources() throws JsonProcessingException {
        VtySocket ldpd = new VtySocket(home.resolve("frr/run/ldpd.vty"));
        return new LabelFlows.Sources(
                ldpd.askJson("show mpls ldp binding json"),
                ip("route"),
                ip("neighbour"),
                ip("link"));
    }

    private JsonNode ip(String object) throws JsonProcessingException {
        return JSON.readTree(machine.commands().run("ip", "-json", "-n", router, object, "show"));
    }
}
