/// What the tests of the lab share: recorded outputs, and the rules of the house as tests.
@NullMarked
package org.edgeplex.lab;

import org.jspecify.annotations.NullMarked;
