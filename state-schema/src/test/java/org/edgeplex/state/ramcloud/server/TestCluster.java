package org.edgeplex.state.ramcloud.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.edgeplex.state.Bytes;
import org.edgeplex.state.ramcloud.wire.KeyHash;
import org.edgeplex.state.ramcloud.wire.Leader;

/// The cluster and its failures. What happens to it happens when it is called, on the caller's
/// thread.
public final class TestCluster implements AutoCloseable {
    private final ClusterState state = new ClusterState();
    private final List<MasterService> services = new ArrayList<>();
    private Node coordinator;

    public TestCluster(int masters) {
        this(masters, 0);
    }

    /// @param port the coordinator's; 0: any
    public TestCluster(int masters, int port) {
        for (int i = 0; i < masters; i++) {
            addMaster();
        }
        coordinator = startCoordinator(port);
    }

    private Node startCoordinator(int port) {
        Node node = new Node(port);
        node.serve(new CoordinatorService(state));
        return node;
    }

    /// Returns its number, from 0.
    public int addMaster() {
        Node node = new Node(0);
        synchronized (state) {
            Master master = new Master(state.masters.size() + 1L, node);
            state.masters.add(master);
            MasterService service = new MasterService(state, master);
            services.add(service);
            node.serve(service);
            return state.masters.size() - 1;
        }
    }

    /// `tcp:host=..,port=..` of the coordinator that leads.
    public synchronized String locator() {
        return coordinator.locator();
    }

    /// Finds whichever coordinator leads, as ZooKeeper does.
    public Leader leader() {
        return new Leader() {
            @Override
            public void find(Consumer<String> locator, Consumer<String> failure) {
                locator.accept(locator());
            }

            @Override
            public void close() {}
        };
    }

    /// Nobody leads until [#startStandby].
    public synchronized void crashCoordinator() {
        coordinator.close();
    }

    /// Another coordinator leads, elsewhere, and knows everything.
    public synchronized void startStandby() {
        coordinator = startCoordinator(0);
    }

    /// Kills a master. Nobody has its tablets until [#recover].
    public void crash(int master) {
        Master dead = master(master);
        dead.node.close();
        synchronized (state) {
            for (Tablet tablet : state.tabletsOf(dead)) {
                tablet.recovering = true;
            }
        }
    }

    /// Kills a master, and the coordinator has not noticed.
    public void crashUnnoticed(int master) {
        master(master).node.close();
    }

    /// The living masters get what the dead one had.
    public void recover(int master) {
        synchronized (state) {
            state.recover(master(master));
        }
    }

    public void split(long tableId, Bytes key) {
        synchronized (state) {
            state.split(tableId, KeyHash.of(tableId, key));
        }
    }

    /// Gives the tablet of a key to another master.
    public void move(long tableId, Bytes key, int toMaster) {
        synchronized (state) {
            state.move(
                    state.tablet(tableId, KeyHash.of(tableId, key)), state.masters.get(toMaster));
        }
    }

    /// The number of the master that has the tablet of a key.
    public int masterOf(long tableId, Bytes key) {
        synchronized (state) {
            return state.masters.indexOf(state.tablet(tableId, KeyHash.of(tableId, key)).master);
        }
    }

    /// The next answers of a master are not sent, though the work is done.
    public void loseReplies(int master, int count) {
        master(master).node.loseReplies(count);
    }

    /// Of those to lose, how many are not lost yet.
    public int repliesToLose(int master) {
        return master(master).node.repliesToLose();
    }

    public void delayReplies(int master, Duration by) {
        master(master).node.delayReplies(by);
    }

    /// The master takes requests, and does and answers nothing.
    public void hang(int master, boolean hanging) {
        master(master).node.silent(hanging);
    }

    public void dropConnections(int master) {
        master(master).node.dropConnections();
    }

    /// The next requests are answered with STATUS_RETRY.
    public void retryNext(int master, int count) {
        services.get(master).retryNext(count);
    }

    /// A page of an enumeration ends after about so many octets.
    public void enumerateAtMost(int bytes) {
        services.forEach(service -> service.enumerateAtMost(bytes));
    }

    /// A MULTI_OP's answer has items for about so many octets.
    public void multiReadAtMost(int bytes) {
        services.forEach(service -> service.multiReadAtMost(bytes));
    }

    /// So many requests came to a master.
    public int requests(int master) {
        return services.get(master).requests();
    }

    public int connections(int master) {
        return master(master).node.connections();
    }

    public void leaseTerm(Duration term) {
        synchronized (state) {
            state.leases.term(term);
        }
    }

    /// All leases end, and what is known of their clients' operations with them.
    public void expireLeases() {
        synchronized (state) {
            state.leases.expireAll();
        }
    }

    public int leasesGiven() {
        synchronized (state) {
            return state.leases.given();
        }
    }

    /// So many answers are kept for operations that may be sent again.
    public int answersKept() {
        synchronized (state) {
            return state.leases.answers();
        }
    }

    /// The table is gone, as after a start without backups.
    public void dropTable(String name) {
        synchronized (state) {
            Long id = state.tableIds.remove(name);
            if (id != null) {
                state.tablets.remove(id);
            }
        }
    }

    private Master master(int number) {
        synchronized (state) {
            return state.masters.get(number);
        }
    }

    @Override
    public void close() {
        crashCoordinator();
        List<Master> all;
        synchronized (state) {
            all = List.copyOf(state.masters);
        }
        all.forEach(master -> master.node.close());
    }
}
