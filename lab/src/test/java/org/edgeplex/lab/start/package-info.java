@NullMarked
package org.edgeplex.lab.start;

import org.jspecify.annotations.NullMarked;
