package org.edgeplex.lab.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ScanPage;
import org.edgeplex.state.StoreException;
import org.edgeplex.state.Tables;
import org.edgeplex.state.client.Leases;
import org.edgeplex.state.client.Mirror;
import org.edgeplex.state.client.State;
import org.edgeplex.state.client.State.OnDamage;
import org.edgeplex.state.client.StateWriter;
import org.edgeplex.state.record.Reservation;

/// Change cursors: one program changes a table, two keep a mirror of it.
final class FollowersScenario implements Scenario {
    private static final int KEYS = 12;

    @Override
    public String name() {
        return "followers";
    }

    @Override
    public void settle(World world) {
        Map<String, Mirror> mirrors = new HashMap<>();
        world.place("writer", FollowersScenario::write);
        for (String name : new String[] {"f1", "f2"}) {
            world.place(name, process -> follow(process, mirrors));
            world.check(
                    "in the end the mirror of " + name + " is its table",
                    () ->
                            Optional.ofNullable(mirrors.get(name))
                                    .map(mirror -> difference(world, mirror))
                                    .orElse("it never began"));
        }
    }

    private static void write(SimProcess process) {
        State state = process.state();
        StateWriter writer = state.as(new Leases(state).claim("writer", process.toString()));
        for (int i = 0; ; i++) {
            process.sleep(process.random().nextInt(3, 25));
            if (process.world().isBusy()) {
                String key = "k" + process.random().nextInt(KEYS);
                if (process.random().nextInt(3) == 0) {
                    writer.remove(Tables.RESERVATIONS, key);
                } else {
                    writer.put(Tables.RESERVATIONS, key, new Reservation(process + "/" + i));
                }
            }
            process.progress();
        }
    }

    private static void follow(SimProcess process, Map<String, Mirror> mirrors) {
        Mirror mirror = process.state().mirror(Tables.RESERVATIONS);
        mirrors.put(process.name(), mirror);
        while (true) {
            try {
                mirror.refresh();
                process.progress();
            } catch (StoreException noAnswer) {
                // The next one reads everything again.
            }
            process.sleep(process.random().nextInt(10, 60));
        }
    }

    private static String difference(World world, Mirror mirror) {
        Map<Bytes, Long> versions = new TreeMap<>();
        ScanPage page =
                world.server()
                        .engine()
                        .scan(
                                Tables.RESERVATIONS.id(),
                                Bytes.EMPTY,
                                Bytes.EMPTY,
                                10 * KEYS,
                                SimProcess.TIMEOUT)
                        .join();
        page.entries().forEach(entry -> versions.put(entry.key(), entry.version()));
        Map<Bytes, Long> mirrored = new TreeMap<>();
        mirror.rows(Tables.RESERVATIONS, OnDamage.FAIL)
                .forEach(row ->
                        mirrored.put(Tables.RESERVATIONS.keys().encode(row.key()), row.version()));
        return versions.equals(mirrored)
                ? ""
                : "the table: " + versions + ", the mirror: " + mirrored;
    }
}
