// The C that "edgeplex bench forward" measures beside Java: the same work on the same port, in the
// same process and thread. Compiled when the bench runs; no part of the product.
//
// Each function forwards `packets` packets and returns the CPU time that its thread took. As in
// Java, a packet is stamped after it was received (net_null delivers what the last user left), so
// that each lookup is another one. As in Java, packets and bytes are counted by port, by the stack
// that was pushed and by the label that was popped.
#include <immintrin.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <rte_ethdev.h>
#include <rte_fib.h>
#include <rte_hash.h>
#include <rte_hash_crc.h>
#include <rte_malloc.h>
#include <rte_mbuf.h>

#define BURST 32
#define ADJACENCIES 1024
#define FRAME 18
#define MISSING (~0u)
#define LABEL_ROWS 4096
#define ROW_SHIFT 20
#define POP_AND_ROUTE 1

struct twin {
  // Written by Java, eight bytes each.
  uint64_t port, keys, labels, key_mask, position, gateway_mac, core_mac, tag_and_type, source;
  uint64_t t0, t8, t12, t20, gateway, broadcast, mtu;
  // Our own.
  uint64_t swar, wide, bucket_mask, adjacencies, hash, fib, label_actions, fib24;
  uint64_t misses, from, to, settled, pushed, popped;
};

struct adjacency {
  uint32_t kind, next_hop, frame_bytes, top_mask;
  uint64_t frame[3];
  uint64_t spare[3];
};

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static void *huge(uint64_t bytes) {
  void *p = rte_zmalloc(NULL, bytes, 64);
  if (!p) abort();
  return p;
}

static inline uint32_t hash32(uint32_t key) {
  uint32_t h = key * 0x9e3779b9u;
  h = (h ^ h >> 15) * 0x85ebca6bu;
  return h ^ h >> 13;
}

static inline uint32_t tag_of(uint32_t h) {
  uint32_t t = h >> 24;
  return t + (t == 0);
}

// ---- tables: seven tagged entries to a line, or eight keys and eight values

static int swar_try(char *bucket, uint32_t tag, uint64_t entry) {
  for (int s = 0; s < 7; s++)
    if (!bucket[s]) {
      ((uint64_t *)bucket)[1 + s] = entry;
      bucket[s] = tag;
      return 1;
    }
  return 0;
}

static void swar_put(struct twin *t, uint32_t key, uint32_t value) {
  uint32_t h = hash32(key), tag = tag_of(h), i = h;
  uint64_t entry = key | (uint64_t)value << 32;
  for (int n = 0; n < 10000; n++) {
    char *one = (char *)t->swar + ((i & t->bucket_mask) << 6);
    char *two = (char *)t->swar + (((i ^ tag * 0x5bd1e995u) & t->bucket_mask) << 6);
    if (swar_try(one, tag, entry) || swar_try(two, tag, entry)) return;
    int s = rand() % 7;
    uint64_t out = ((uint64_t *)two)[1 + s];
    uint32_t out_tag = (uint8_t)two[s];
    ((uint64_t *)two)[1 + s] = entry;
    two[s] = tag;
    i = i ^ tag * 0x5bd1e995u ^ out_tag * 0x5bd1e995u;
    entry = out;
    tag = out_tag;
  }
  abort();
}

static inline uint32_t second_hash(uint32_t key) {
  uint32_t h = (key ^ key >> 16) * 0x85ebca6bu;
  return h ^ h >> 13;
}

static void wide_put(struct twin *t, uint32_t key, uint32_t value) {
  for (int n = 0; n < 10000; n++) {
    uint32_t at[2] = {hash32(key) & t->bucket_mask, second_hash(key) & t->bucket_mask};
    for (int c = 0; c < 2; c++) {
      uint32_t *b = (uint32_t *)(t->wide + ((uint64_t)at[c] << 6));
      for (int s = 0; s < 8; s++)
        if (!b[s]) {
          b[s] = key;
          b[8 + s] = value;
          return;
        }
    }
    uint32_t *b = (uint32_t *)(t->wide + ((uint64_t)at[rand() & 1] << 6));
    int s = rand() & 7;
    uint32_t k = b[s], v = b[8 + s];
    b[s] = key;
    b[8 + s] = value;
    key = k;
    value = v;
  }
  abort();
}

static inline uint32_t swar_match(const char *bucket, uint32_t key, uint32_t tag) {
  uint64_t x = *(const uint64_t *)bucket ^ tag * 0x0101010101010101ull;
  uint64_t z = (x - 0x0101010101010101ull) & ~x & 0x0080808080808080ull;
  while (z) {
    uint64_t e = *(const uint64_t *)(bucket + 8 + (__builtin_ctzll(z) & 56));
    if ((uint32_t)e == key) return e >> 32;
    z &= z - 1;
  }
  return MISSING;
}

static inline uint32_t wide_match(const char *bucket, uint32_t key) {
  __m256i k = _mm256_set1_epi32(key);
  int m = _mm256_movemask_ps(
      (__m256)_mm256_cmpeq_epi32(_mm256_load_si256((const __m256i *)bucket), k));
  return m ? ((const uint32_t *)(bucket + 32))[__builtin_ctz(m)] : MISSING;
}

// ---- counting: a word is | packets, 24 bits | bytes, 40 bits |

static inline void count(struct twin *t, uint64_t *word, uint64_t packets, uint64_t bytes) {
  uint64_t w = *word + (packets << 40) + bytes;
  *word = w;
  if (__builtin_expect((int64_t)w < 0, 0)) {
    t->settled += w & ~0ull >> 24;
    *word = 0;
  }
}

// ---- the packet

static inline char *stamp(struct twin *t, struct rte_mbuf *m, uint64_t pos, int is_core) {
  char *f = rte_pktmbuf_mtod(m, char *);
  uint64_t key = ((const uint64_t *)t->keys)[pos & t->key_mask], w = t->t12;
  if (is_core) w |= (uint64_t)((const uint32_t *)t->labels)[pos & t->key_mask] << 16;
  *(uint64_t *)f = t->t0;
  *(uint32_t *)(f + 8) = t->t8;
  *(uint64_t *)(f + 12) = w;
  *(uint64_t *)(f + 20) = t->t20;
  *(uint16_t *)(f + 28) = key >> 32;
  *(uint32_t *)(f + 30) = t->source;
  *(uint32_t *)(f + 34) = key;
  return f;
}

static inline int is_unicast(uint32_t a) {
  return a >> 28 < 0xe && a >> 24 != 127 && a >> 24 != 0;
}

static inline int is_good(const struct twin *t, const char *ip, int bytes, uint32_t to) {
  int total = __builtin_bswap16(*(uint16_t *)(ip + 2));
  uint32_t from = __builtin_bswap32(*(uint32_t *)(ip + 12));
  uint64_t s = (uint64_t)*(uint32_t *)ip + *(uint32_t *)(ip + 4) + *(uint32_t *)(ip + 8) +
               *(uint32_t *)(ip + 12) + *(uint32_t *)(ip + 16);
  // All ones, as a ones' complement sum: a multiple of 65535, seen by its inverse modulo 2^64.
  const uint64_t q = 0x0001000100010001ull;
  return total >= 20 && total <= bytes && s * -q <= q && is_unicast(from) && from != t->gateway &&
         is_unicast(to) && to != t->gateway && to != t->broadcast;
}

#define MAC (0xffffffffffffull)

static inline int parse(const struct twin *t, const struct rte_mbuf *m, const char *f,
                        uint32_t *to) {
  int bytes = m->data_len - FRAME;
  *to = __builtin_bswap32(*(uint32_t *)(f + 34));
  return bytes >= 20 && m->nb_segs == 1 && (*(uint64_t *)f & MAC) == t->gateway_mac &&
         (*(uint64_t *)(f + 12) & 0x00ffffffff0fffffull) == t->tag_and_type &&
         (uint8_t)f[26] > 1 && is_good(t, f + FRAME, bytes, *to);
}

static inline uint32_t decrement_ttl(char *ip) {
  uint32_t word = *(uint32_t *)(ip + 8), sum = (~word >> 16) + 0xfffe;
  sum = (sum & 0xffff) + (sum >> 16);
  *(uint32_t *)(ip + 8) = ~sum << 16 | ((word & 0xffff) - 1);
  return (word & 0xff) - 1;
}

static inline int push(struct twin *t, struct rte_mbuf *m, char *f, uint32_t index,
                       uint64_t *sum) {
  const struct adjacency *a = (const struct adjacency *)t->adjacencies + index;
  char *ip = f + FRAME;
  int total = __builtin_bswap16(*(uint16_t *)(ip + 2));
  if (a->kind != 3 || total > (int)t->mtu) return 0;
  uint32_t ttl = decrement_ttl(ip);
  uint32_t variable = __builtin_bswap32((uint8_t)ip[1] >> 5 << 9 | ttl);
  *(uint64_t *)(ip - 24) = a->frame[0];
  *(uint64_t *)(ip - 16) = a->frame[1];
  *(uint64_t *)(ip - 8) = a->frame[2] | (uint64_t)variable << 32 | (variable & a->top_mask);
  m->data_off += FRAME - a->frame_bytes;
  m->pkt_len = m->data_len = total + a->frame_bytes;
  count(t, (uint64_t *)t->pushed + index, 1, total + a->frame_bytes);
  *sum += total + a->frame_bytes;
  return 1;
}

static inline void leave(struct twin *t, struct rte_mbuf **out, int n, uint64_t bytes,
                         struct rte_mbuf **bad, int n_bad) {
  int sent = rte_eth_tx_burst(t->port, 0, out, n);
  if (sent < n) rte_pktmbuf_free_bulk(out + sent, n - sent);
  if (n_bad) rte_pktmbuf_free_bulk(bad, n_bad);
  t->misses += n_bad;
  count(t, &t->to, n, bytes);
}

#define PUSH_LOOP(PREPARE, ...)                                                       \
  struct rte_mbuf *in[BURST], *out[BURST], *bad[BURST];                               \
  char *frame[BURST];                                                                 \
  uint32_t dst[BURST];                                                                \
  uint64_t done = 0, start = now();                                                   \
  while (done < packets) {                                                            \
    int n = rte_eth_rx_burst(t->port, 0, in, BURST), good = 0, n_out = 0, n_bad = 0;   \
    uint64_t from_bytes = 0, to_bytes = 0;                                            \
    for (int i = 0; i < n; i++) frame[i] = stamp(t, in[i], t->position + i, 0);       \
    t->position += n;                                                                 \
    for (int i = 0; i < n; i++) {                                                     \
      if (!parse(t, in[i], frame[i], &dst[good])) {                                   \
        bad[n_bad++] = in[i];                                                         \
        continue;                                                                     \
      }                                                                               \
      from_bytes += in[i]->data_len;                                                  \
      in[good] = in[i];                                                               \
      frame[good] = frame[i];                                                         \
      PREPARE;                                                                        \
      good++;                                                                         \
    }                                                                                 \
    count(t, &t->from, good, from_bytes);                                             \
    __VA_ARGS__                                                                       \
    leave(t, out, n_out, to_bytes, bad, n_bad);                                       \
    done += n;                                                                        \
  }                                                                                   \
  return now() - start;

#define EMIT(VALUE)                                             \
  uint32_t value = (VALUE);                                     \
  if (value != MISSING && push(t, in[i], frame[i], value, &to_bytes)) \
    out[n_out++] = in[i];                                       \
  else                                                          \
    bad[n_bad++] = in[i];

uint64_t twin_push_swar(struct twin *t, uint64_t packets) {
  uint32_t h[BURST];
  const char *line[BURST];
  const char *table = (const char *)t->swar;
  uint64_t mask = t->bucket_mask;
  PUSH_LOOP(
      {
        h[good] = hash32(dst[good]);
        line[good] = table + ((h[good] & mask) << 6);
        rte_prefetch0(line[good]);
      },
      for (int i = 0; i < good; i++) {
        uint32_t tag = tag_of(h[i]), v = swar_match(line[i], dst[i], tag);
        if (v == MISSING)
          v = swar_match(table + (((h[i] ^ tag * 0x5bd1e995u) & mask) << 6), dst[i], tag);
        EMIT(v)
      })
}

uint64_t twin_push_wide(struct twin *t, uint64_t packets) {
  const char *line[BURST];
  const char *table = (const char *)t->wide;
  uint64_t mask = t->bucket_mask;
  PUSH_LOOP(
      {
        line[good] = table + ((hash32(dst[good]) & mask) << 6);
        rte_prefetch0(line[good]);
      },
      for (int i = 0; i < good; i++) {
        uint32_t v = wide_match(line[i], dst[i]);
        if (v == MISSING)
          v = wide_match(table + ((second_hash(dst[i]) & mask) << 6), dst[i]);
        EMIT(v)
      })
}

uint64_t twin_push_rte_hash(struct twin *t, uint64_t packets) {
  const void *key[BURST];
  void *data[BURST];
  PUSH_LOOP({ key[good] = &dst[good]; }, {
    uint64_t hits = 0;
    rte_hash_lookup_bulk_data((struct rte_hash *)t->hash, key, good, &hits, data);
    for (int i = 0; i < good; i++) {
      EMIT(hits >> i & 1 ? (uint32_t)(uintptr_t)data[i] : MISSING)
    }
  })
}

uint64_t twin_pop(struct twin *t, uint64_t packets) {
  struct rte_mbuf *in[BURST], *out[BURST], *bad[BURST];
  char *frame[BURST];
  uint32_t dst[BURST];
  const uint32_t *actions = (const uint32_t *)t->label_actions;
  const uint32_t *fib = (const uint32_t *)t->fib24;
  uint64_t done = 0, start = now();
  while (done < packets) {
    int n = rte_eth_rx_burst(t->port, 0, in, BURST), good = 0, n_out = 0, n_bad = 0;
    uint64_t from_bytes = 0, to_bytes = 0;
    for (int i = 0; i < n; i++) frame[i] = stamp(t, in[i], t->position + i, 1);
    t->position += n;
    for (int i = 0; i < n; i++)
      rte_prefetch0(actions + (__builtin_bswap32(*(uint32_t *)(frame[i] + 14)) >> 12));
    for (int i = 0; i < n; i++) {
      struct rte_mbuf *m = in[i];
      char *f = frame[i], *ip = f + FRAME;
      uint32_t entry = __builtin_bswap32(*(uint32_t *)(f + 14));
      uint32_t to = __builtin_bswap32(*(uint32_t *)(f + 34));
      uint32_t action = actions[entry >> 12];
      int ttl = (int)(entry & 0xff) < (uint8_t)ip[8] ? (int)(entry & 0xff) : (uint8_t)ip[8];
      int ok = m->data_len >= FRAME + 20 && m->nb_segs == 1 && *(uint16_t *)(f + 12) == 0x4788 &&
               (*(uint64_t *)f & MAC) == t->core_mac && (entry & 0x100) && ip[0] == 0x45 &&
               (action & ~0u >> (32 - ROW_SHIFT)) == POP_AND_ROUTE && ttl > 1 && is_good(t, ip, m->data_len - FRAME, to);
      if (ok) {
        count(t, (uint64_t *)t->popped + (action >> ROW_SHIFT), 1, m->data_len);
        from_bytes += m->data_len;
        in[good] = m;
        frame[good] = f;
        dst[good++] = to;
      } else {
        bad[n_bad++] = m;
      }
    }
    count(t, &t->from, good, from_bytes);
    for (int i = 0; i < good; i++) {
      uint32_t index = fib[dst[i] >> 8];
      char *ip = frame[i] + FRAME;
      const struct adjacency *a = (const struct adjacency *)t->adjacencies + index;
      int total = __builtin_bswap16(*(uint16_t *)(ip + 2));
      if (a->kind != 2 || total > (int)t->mtu) {
        bad[n_bad++] = in[i];
        continue;
      }
      int label_ttl = (uint8_t)frame[i][17], ip_ttl = (uint8_t)ip[8];
      if (label_ttl < ip_ttl) {
        uint32_t word = *(uint32_t *)(ip + 8);
        uint32_t after = (word & 0xff00) | (label_ttl - 1);
        uint32_t sum = (~word >> 16) + (~word & 0xffff) + after;
        sum = (sum & 0xffff) + (sum >> 16);
        sum = (sum & 0xffff) + (sum >> 16);
        *(uint32_t *)(ip + 8) = ~sum << 16 | after;
      } else {
        decrement_ttl(ip);
      }
      *(uint16_t *)(ip - 18) = a->frame[0] >> 48;
      *(uint64_t *)(ip - 16) = a->frame[1];
      *(uint64_t *)(ip - 8) = a->frame[2];
      in[i]->pkt_len = in[i]->data_len = total + FRAME;
      to_bytes += total + FRAME;
      out[n_out++] = in[i];
    }
    leave(t, out, n_out, to_bytes, bad, n_bad);
    done += n;
  }
  return now() - start;
}

// ---- lookups alone

uint64_t twin_rte_fib(struct twin *t, uint64_t lookups) {
  uint32_t dst[BURST];
  uint64_t hop[BURST], sum = 0, start = now();
  for (uint64_t done = 0; done < lookups; done += BURST) {
    for (int i = 0; i < BURST; i++)
      dst[i] = __builtin_bswap32(((const uint64_t *)t->keys)[(t->position + i) & t->key_mask]);
    t->position += BURST;
    rte_fib_lookup_bulk((struct rte_fib *)t->fib, dst, hop, BURST);
    for (int i = 0; i < BURST; i++) sum += hop[i];
  }
  t->misses += sum == 42;
  return now() - start;
}

// ---- making it

uint64_t twin_size(void) { return sizeof(struct twin); }

// Host routes: key i leads to adjacency values[i].
int twin_hosts(struct twin *t, const uint32_t *keys, const uint32_t *values, uint32_t n,
               uint64_t buckets) {
  t->bucket_mask = buckets - 1;
  t->swar = (uint64_t)huge(buckets << 6);
  t->wide = (uint64_t)huge(buckets << 6);
  struct rte_hash_parameters p = {
      .name = "twin", .entries = 2 * n, .key_len = 4, .hash_func = rte_hash_crc, .socket_id = 0};
  t->hash = (uint64_t)rte_hash_create(&p);
  if (!t->hash) return -1;
  for (uint32_t i = 0; i < n; i++) {
    swar_put(t, keys[i], values[i]);
    wide_put(t, keys[i], values[i]);
    if (rte_hash_add_key_data((struct rte_hash *)t->hash, &keys[i],
                              (void *)(uintptr_t)values[i]) < 0)
      return -2;
  }
  return 0;
}

// Its memory is for the next measurement.
void twin_free_hash(struct twin *t) { rte_hash_free((struct rte_hash *)t->hash); }

void twin_adjacency(struct twin *t, uint32_t index, uint32_t kind, uint32_t frame_bytes,
                    const char *template) {
  if (!t->adjacencies) {
    t->adjacencies = (uint64_t)huge(ADJACENCIES * sizeof(struct adjacency));
    t->pushed = (uint64_t)huge(ADJACENCIES * 8);
  }
  struct adjacency *a = (struct adjacency *)t->adjacencies + index;
  a->kind = kind;
  a->frame_bytes = frame_bytes;
  a->top_mask = ~0u;
  memcpy(a->frame, template, sizeof(a->frame));
}

void twin_labels(struct twin *t) {
  uint32_t *actions = huge(4ull << 20);
  // The last row is of all labels that have none of their own.
  for (int i = 0; i < 1 << 20; i++)
    actions[i] = (i < LABEL_ROWS ? i : LABEL_ROWS - 1) << ROW_SHIFT | POP_AND_ROUTE;
  t->popped = (uint64_t)huge(LABEL_ROWS * 8);
  t->label_actions = (uint64_t)actions;
  t->fib24 = (uint64_t)calloc(1 << 24, 4);
}

void twin_route24(struct twin *t, uint32_t net, uint32_t adjacency) {
  ((uint32_t *)t->fib24)[net >> 8] = adjacency;
}

int twin_fib(struct twin *t, const uint32_t *nets, const uint8_t *lengths, const uint32_t *hops,
             uint32_t n) {
  struct rte_fib_conf c = {.type = RTE_FIB_DIR24_8, .default_nh = 0, .max_routes = n + 1};
  c.dir24_8.nh_sz = RTE_FIB_DIR24_8_4B;
  c.dir24_8.num_tbl8 = 256;
  t->fib = (uint64_t)rte_fib_create("twin", 0, &c);
  if (!t->fib) return -1;
  for (uint32_t i = 0; i < n; i++)
    if (rte_fib_add((struct rte_fib *)t->fib, nets[i], lengths[i], hops[i]) < 0) return -2;
  return 0;
}
