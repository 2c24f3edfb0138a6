#include "attend.h"

#include <math.h>
#include <string.h>

// Attention of one token: scores of all positions, their softmax, and the values' weighted sum (arXiv:1706.03762).
// Query heads that share a key head come together, so that each key and value is fetched once for all of them
// (arXiv:2305.13245). This file holds the path of plain C; with NEON only its halves are converted by vectors.

// Numbers of a key or value taken at a time, so that converted halves fit in a fixed place.
#define CHUNK 128

// Numbers from..<from + size of the row of a position, as floats: in place, or converted into `converted`.
static const float *row_part(
    const CKernelsCache *cache, const void *rows, size_t stride, size_t position, size_t from, size_t size,
    float *converted, CKernelsPath path) {
    const size_t start = position * stride + from;
    if (!cache->half) return (const float *)rows + start;
    ckernels_from_half((const uint16_t *)rows + start, converted, size, path);
    return converted;
}

// Eight sums, which compilers turn into vectors of any width.
static float dot(const float *a, const float *b, size_t count) {
    float sums[8] = {0};
    size_t i = 0;
    for (; i + 8 <= count; i += 8) {
        for (size_t lane = 0; lane < 8; lane++) sums[lane] += a[i + lane] * b[i + lane];
    }
    for (size_t lane = 0; i < count; i++, lane++) sums[lane] += a[i] * b[i];
    return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

static void score_positions(const Attention *a, CKernelsPath path) {
    float converted[CHUNK];
    memset(a->scores, 0, a->heads * a->count * sizeof *a->scores);
    for (size_t position = 0; position < a->count; position++) {
        for (size_t from = 0; from < a->key_size; from += CHUNK) {
            const size_t size = a->key_size - from < CHUNK ? a->key_size - from : CHUNK;
            const float *key = row_part(
                &a->cache, a->cache.keys, a->cache.key_stride, position, from, size, converted, path);
            for (size_t head = 0; head < a->heads; head++) {
                a->scores[head * a->count + position] += dot(a->queries + head * a->key_size + from, key, size);
            }
        }
    }
}

// Scores of one head become weights with the sum 1, less the sink's share.
static void weigh(const Attention *a, size_t head) {
    float *scores = a->scores + head * a->count;
    float most = a->sinks ? a->sinks[head] : -INFINITY;
    for (size_t i = 0; i < a->count; i++) {
        float score = scores[i] * a->scale;
        if (a->softcap > 0) score = a->softcap * tanhf(score / a->softcap);
        scores[i] = score;
        if (score > most) most = score;
    }
    float sum = a->sinks ? expf(a->sinks[head] - most) : 0;
    for (size_t i = 0; i < a->count; i++) {
        scores[i] = expf(scores[i] - most);
        sum += scores[i];
    }
    for (size_t i = 0; i < a->count; i++) scores[i] /= sum;
}

static void sum_values(const Attention *a, CKernelsPath path) {
    float converted[CHUNK];
    memset(a->out, 0, a->heads * a->value_size * sizeof *a->out);
    for (size_t position = 0; position < a->count; position++) {
        for (size_t from = 0; from < a->value_size; from += CHUNK) {
            const size_t size = a->value_size - from < CHUNK ? a->value_size - from : CHUNK;
            const float *value = row_part(
                &a->cache, a->cache.values, a->cache.value_stride, position, from, size, converted, path);
            for (size_t head = 0; head < a->heads; head++) {
                const float weight = a->scores[head * a->count + position];
                ckernels_add_scaled(a->out + head * a->value_size + from, value, weight, size, path);
            }
        }
    }
}

static void attend_portable(const Attention *a, CKernelsPath path) {
    score_positions(a, path);
    for (size_t head = 0; head < a->heads; head++) weigh(a, head);
    sum_values(a, path);
}

void ckernels_attend(
    const float *queries, size_t heads, size_t key_size, size_t value_size, CKernelsCache cache, size_t first,
    size_t end, float scale, float softcap, const float *sinks, float *scratch, float *out, CKernelsPath path) {
    if (end <= first) {
        memset(out, 0, heads * value_size * sizeof *out);
        return;
    }
    const size_t size = cache.half ? sizeof(uint16_t) : sizeof(float);
    cache.keys = (const char *)cache.keys + first * cache.key_stride * size;
    cache.values = (const char *)cache.values + first * cache.value_stride * size;
    const Attention attention = {
        queries, heads, key_size, value_size, cache, end - first, scale, softcap, sinks, scratch, out,
    };
#if defined(__x86_64__)
    if (path == CKernelsPathAVX2 && ckernels_path() == CKernelsPathAVX2) {
        attend_avx2(&attention);
        return;
    }
#endif
    attend_portable(&attention, path);
}
