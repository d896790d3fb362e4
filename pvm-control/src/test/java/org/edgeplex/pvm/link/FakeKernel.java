package org.edgeplex.pvm.link;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.MacAddress;

/// An interface that understands just the commands of [LinkPlan].
public final class FakeKernel implements LinkKernel {
    public final List<String> commands = new ArrayList<>();
    public final Map<String, String> sysctls = new HashMap<>();
    private Optional<ObservedLink> link = Optional.empty();
    private String failure = "";

    /// The data plane has made its TAP, another one than before.
    public synchronized void appear(int index) {
        link = Optional.of(new ObservedLink(index, false, 1500, new MacAddress(1), Map.of()));
    }

    public synchronized void vanish() {
        link = Optional.empty();
    }

    public synchronized void fail(String message) {
        failure = message;
    }

    @Override
    public synchronized Optional<ObservedLink> observe(String name) {
        return link.map(seen -> seen.addresses().isEmpty() ? ObservedLink.withoutAddress() : seen);
    }

    @Override
    public synchronized void ip(List<String> arguments) throws IOException {
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        String command = String.join(" ", arguments);
        commands.add(command);
        link = link.map(before -> after(before, arguments));
    }

    @Override
    public synchronized void sysctl(String path, String value) {
        sysctls.put(path, value);
    }

    private static ObservedLink after(ObservedLink before, List<String> arguments) {
        boolean up = before.up();
        int mtuBytes = before.mtuBytes();
        MacAddress mac = before.mac();
        Map<Ipv4Address, Integer> addresses = new HashMap<>(before.addresses());
        if (arguments.contains("lo")) {
            return before;
        }
        String last = arguments.getLast();
        String verb = arguments.get(1);
        switch (arguments.get(0)) {
            case "link" -> {
                up = !last.equals("down") && (up || last.equals("up"));
                mtuBytes = arguments.contains("mtu") ? Integer.parseInt(last) : mtuBytes;
                mac = arguments.contains("address") ? MacAddress.parse(last) : mac;
            }
            case "address" -> {
                String[] address = arguments.get(2).split("/", 2);
                if (verb.equals("del")) {
                    addresses.remove(Ipv4Address.parse(address[0]));
                } else {
                    addresses.put(Ipv4Address.parse(address[0]), Integer.parseInt(address[1]));
                }
            }
            default -> {}
        }
        return new ObservedLink(before.index(), up, mtuBytes, mac, addresses);
    }
}
