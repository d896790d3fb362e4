/*
 * What LMDB costs without us: the embedded engine's layout and its operations, in C.
 *
 * Usage: lmdb_twin DIRECTORY OBJECTS VALUE_BYTES
 *
 * It fills the directory, says "ready", and then does what each line of its standard input asks:
 * "get|put BATCH NANOS" runs calls of so many objects for so long and answers with the number of
 * calls and the octets of a histogram: "calls c b0:n0 b1:n1 ...", each bucket a time in
 * nanoseconds. It ends with its standard input.
 *
 * Durability is that of "process": no call waits for the disk.
 */
#include <lmdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <fcntl.h>

#define TABLE 15
#define KEY_BYTES 16
#define CHANGES_KEPT 65536
#define TRIM_STEP 1024
#define MAP_BYTES (1UL << 30)
#define BATCH_MAX 1000
#define FILL_BATCH 500

/* Exact to 1/64 up to minutes: exponent and six bits of the mantissa. */
#define STEPS 64
#define BUCKETS (64 * STEPS)

static MDB_env *env;
static MDB_dbi records, changes;
static MDB_txn *reader;
static uint64_t objects;
static size_t value_bytes;
static unsigned char *value, *copies[BATCH_MAX];
static uint64_t *versions; /* what was written last */
static uint64_t histogram[BUCKETS];
static uint64_t random_state = 88172645463325252ULL;

static void check(int error, const char *what) {
  if (error) {
    fprintf(stderr, "lmdb_twin: %s: %s\n", what, mdb_strerror(error));
    exit(1);
  }
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static uint64_t next_random(void) {
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  random_state ^= random_state << 17;
  return random_state;
}

static void put64(unsigned char *to, uint64_t x) {
  for (int i = 7; i >= 0; i--, x >>= 8) to[i] = x;
}

static uint64_t get64(const unsigned char *from) {
  uint64_t x = 0;
  for (int i = 0; i < 8; i++) x = x << 8 | from[i];
  return x;
}

/* table (2) | key (16): "route-0000000007" */
static void key_of(unsigned char *to, uint64_t object) {
  char text[32];
  snprintf(text, sizeof text, "route-%010llu", (unsigned long long)object);
  to[0] = TABLE >> 8;
  to[1] = TABLE & 0xff;
  memcpy(to + 2, text, KEY_BYTES);
}

static unsigned char *keys;

static unsigned char *key_at(uint64_t position) {
  return keys + position % objects * (2 + KEY_BYTES);
}

/* As `Objects` has them: in no order, so that those of a batch lie far from each other. */
static void make_keys(void) {
  keys = malloc(objects * (2 + KEY_BYTES));
  for (uint64_t i = 0; i < objects; i++) {
    uint64_t j = next_random() % (i + 1);
    memcpy(key_at(i), key_at(j), 2 + KEY_BYTES);
    key_of(key_at(j), i);
  }
}

/* Where a batch begins, anywhere: its keys differ. */
static uint64_t anywhere(void) { return next_random() % objects; }

static void get(int batch) {
  MDB_val k = {2 + KEY_BYTES, 0}, v;
  uint64_t from = anywhere();
  check(mdb_txn_renew(reader), "renew");
  for (int i = 0; i < batch; i++) {
    k.mv_data = key_at(from + i);
    check(mdb_get(reader, records, &k, &v), "get");
    if (v.mv_size != 8 + value_bytes) check(MDB_CORRUPTED, "get");
    copies[i] = malloc(v.mv_size - 8);
    memcpy(copies[i], (unsigned char *)v.mv_data + 8, v.mv_size - 8);
  }
  mdb_txn_reset(reader);
  for (int i = 0; i < batch; i++) free(copies[i]);
}

static uint64_t sequence_at(MDB_cursor *cursor, MDB_cursor_op op, uint64_t when_empty) {
  MDB_val k, v;
  int error = mdb_cursor_get(cursor, &k, &v, op);
  if (error == MDB_NOTFOUND) return when_empty;
  check(error, "cursor");
  return get64(k.mv_data);
}

/*
 * Puts as the engine does them: the version that is there and is expected, the object, the change,
 * the log cut.
 */
static void put_from(uint64_t from, int batch) {
  MDB_txn *txn;
  MDB_cursor *objects_at, *changes_at; /* they end with the transaction */
  MDB_val s, v;
  unsigned char sequence_bytes[8];
  check(mdb_txn_begin(env, NULL, 0, &txn), "begin");
  check(mdb_cursor_open(txn, records, &objects_at), "cursor");
  check(mdb_cursor_open(txn, changes, &changes_at), "cursor");
  uint64_t first = sequence_at(changes_at, MDB_FIRST, 1);
  uint64_t last = sequence_at(changes_at, MDB_LAST, 0);
  for (int i = 0; i < batch; i++) {
    MDB_val k = {2 + KEY_BYTES, key_at(from + i)};
    uint64_t *version = versions + (from + i) % objects;
    int error = mdb_cursor_get(objects_at, &k, &v, MDB_SET);
    if (error != MDB_NOTFOUND) check(error, "get");
    if ((error ? 0 : get64(v.mv_data)) != *version) check(MDB_CORRUPTED, "version");
    v.mv_size = 8 + value_bytes;
    int how = error ? MDB_RESERVE : MDB_RESERVE | MDB_CURRENT;
    check(mdb_cursor_put(objects_at, &k, &v, how), "put");
    put64(v.mv_data, *version = ++last);
    memcpy((unsigned char *)v.mv_data + 8, value, value_bytes);
    put64(sequence_bytes, last);
    s.mv_size = 8;
    s.mv_data = sequence_bytes;
    check(mdb_cursor_put(changes_at, &s, &k, MDB_APPEND), "log");
  }
  if (last - first + 1 > CHANGES_KEPT + TRIM_STEP) {
    for (uint64_t old = first; old <= last - CHANGES_KEPT; old++) {
      check(mdb_cursor_get(changes_at, &s, &v, MDB_FIRST), "trim");
      check(mdb_cursor_del(changes_at, 0), "trim");
    }
  }
  check(mdb_txn_commit(txn), "commit");
}

static void put(int batch) { put_from(anywhere(), batch); }

static int bucket_of(uint64_t nanos) {
  int exponent = 0;
  while (nanos >= 2 * STEPS) nanos >>= 1, exponent++;
  return exponent * STEPS + nanos;
}

/* The middle of the bucket. */
static uint64_t nanos_of(int bucket) {
  if (bucket < 2 * STEPS) return bucket;
  int exponent = bucket / STEPS - 1;
  return ((uint64_t)(bucket - exponent * STEPS) << exponent) + ((1UL << exponent) >> 1);
}

static void run(void (*call)(int), int batch, uint64_t nanos) {
  uint64_t calls = 0, start = now(), at = start;
  memset(histogram, 0, sizeof histogram);
  do {
    call(batch);
    uint64_t end = now();
    histogram[bucket_of(end - at)]++;
    calls++;
    at = end;
  } while (at - start < nanos);
  printf("calls %llu", (unsigned long long)calls);
  for (int i = 0; i < BUCKETS; i++) {
    if (histogram[i]) {
      printf(" %llu:%llu", (unsigned long long)nanos_of(i), (unsigned long long)histogram[i]);
    }
  }
  printf("\n");
  fflush(stdout);
}

static void open_store(const char *directory) {
  MDB_txn *txn;
  int fd;
  check(mdb_env_create(&env), "create");
  check(mdb_env_set_mapsize(env, MAP_BYTES), "map");
  check(mdb_env_set_maxreaders(env, 1024), "readers");
  check(mdb_env_set_maxdbs(env, 2), "databases");
  check(mdb_env_open(env, directory, MDB_NOTLS | MDB_WRITEMAP | MDB_NOSYNC, 0600), "open");
  check(mdb_env_get_fd(env, &fd), "file");
  posix_fallocate(fd, 0, 64 << 20);
  check(mdb_txn_begin(env, NULL, 0, &txn), "begin");
  check(mdb_dbi_open(txn, "records", MDB_CREATE, &records), "records");
  check(mdb_dbi_open(txn, "changes", MDB_CREATE, &changes), "changes");
  check(mdb_txn_commit(txn), "commit");
  check(mdb_txn_begin(env, NULL, MDB_RDONLY, &reader), "read");
  mdb_txn_reset(reader);
}

int main(int count, char **arguments) {
  char line[128], word[16];
  int batch;
  unsigned long long nanos;
  if (count != 4) return 2;
  objects = strtoull(arguments[2], NULL, 10);
  value_bytes = strtoull(arguments[3], NULL, 10);
  value = calloc(1, value_bytes);
  versions = calloc(objects, sizeof *versions);
  make_keys();
  open_store(arguments[1]);
  for (uint64_t from = 0; from < objects; from += FILL_BATCH) {
    put_from(from, objects - from < FILL_BATCH ? objects - from : FILL_BATCH);
  }
  printf("ready\n");
  fflush(stdout);
  while (fgets(line, sizeof line, stdin)) {
    if (sscanf(line, "%15s %d %llu", word, &batch, &nanos) != 3 || batch < 1 || batch > BATCH_MAX) {
      return 2;
    }
    run(strcmp(word, "get") == 0 ? get : put, batch, nanos);
  }
  mdb_env_close(env);
  return 0;
}
