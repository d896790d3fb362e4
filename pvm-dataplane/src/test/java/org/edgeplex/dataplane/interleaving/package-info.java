/// Runs one writer and one reader of a table in every order of their accesses to memory, up to a
/// bounded number of preemptions (Musuvathi and Qadeer, "Iterative Context Bounding for Systematic
/// Testing of Multithreaded Programs", 2007).
///
/// The tables' classes are loaded a second time, with a step before each access to memory that both
/// can see: calls of `Memory`, and volatile fields. A step hands over to the other thread where the
/// schedule says so.
///
/// On x86-64 this is all there is to see: stores of one writer become visible in their order, and a
/// thread that only reads cannot tell in which moment before its next load they did. What the
/// compiler might reorder is kept in place by the accessors named `Acquire`, `Consume` and
/// `Release`, which is not seen here; `ReadersTest` races compiled code.
@NullMarked
package org.edgeplex.dataplane.interleaving;

import org.jspecify.annotations.NullMarked;
