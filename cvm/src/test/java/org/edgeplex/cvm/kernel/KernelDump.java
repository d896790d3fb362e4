package org.edgeplex.cvm.kernel;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/// Writes the tables of the namespace it runs in to a file: `KernelDump INTERFACE FILE`.
final class KernelDump {
    private KernelDump() {}

    public static void main(String[] args) throws IOException {
        KernelTables tables = KernelWatch.read(NetworkInterface.getByName(args[0]).getIndex());
        StringBuilder text = new StringBuilder();
        new TreeMap<>(tables.nextHops())
                .forEach((prefix, hop) -> text.append(prefix + " via " + hop + "\n"));
        new TreeMap<>(tables.neighbors())
                .forEach((address, mac) -> text.append(address + " at " + mac + "\n"));
        Files.writeString(Path.of(args[1]), text);
    }
}
