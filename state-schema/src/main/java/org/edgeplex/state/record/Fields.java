package org.edgeplex.state.record;

import org.edgeplex.net.AsNumber;
import org.edgeplex.net.Ipv4Address;
import org.edgeplex.net.Ipv4Prefix;
import org.edgeplex.net.MacAddress;
import org.edgeplex.net.MplsLabel;
import org.edgeplex.net.RouteDistinguisher;
import org.edgeplex.net.RouteTarget;
import org.edgeplex.state.RecordReader;
import org.edgeplex.state.RecordWriter;

/// The network values inside records: an address is 4 octets, a prefix 5 (address, length), a label
/// 4, an AS number 4, a MAC address 8, a route distinguisher or target 8.
final class Fields {
    private Fields() {}

    static void address(RecordWriter out, Ipv4Address address) {
        out.i32(address.bits());
    }

    static Ipv4Address address(RecordReader in) {
        return new Ipv4Address(in.i32());
    }

    static void prefix(RecordWriter out, Ipv4Prefix prefix) {
        out.i32(prefix.address().bits()).u8(prefix.length());
    }

    static Ipv4Prefix prefix(RecordReader in) {
        return new Ipv4Prefix(address(in), in.u8());
    }

    static void label(RecordWriter out, MplsLabel label) {
        out.i32(label.value());
    }

    static MplsLabel label(RecordReader in) {
        return new MplsLabel(in.i32());
    }

    static void as(RecordWriter out, AsNumber as) {
        out.i32((int) as.value());
    }

    static AsNumber as(RecordReader in) {
        return new AsNumber(in.i32() & AsNumber.MAX);
    }

    static void mac(RecordWriter out, MacAddress mac) {
        out.i64(mac.bits());
    }

    static MacAddress mac(RecordReader in) {
        return new MacAddress(in.i64());
    }

    static void distinguisher(RecordWriter out, RouteDistinguisher distinguisher) {
        out.i64(distinguisher.bits());
    }

    static RouteDistinguisher distinguisher(RecordReader in) {
        return new RouteDistinguisher(in.i64());
    }

    static void target(RecordWriter out, RouteTarget target) {
        out.i64(target.bits());
    }

    static RouteTarget target(RecordReader in) {
        return new RouteTarget(in.i64());
    }
}
