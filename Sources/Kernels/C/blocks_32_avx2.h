#ifndef BLOCKS_32_AVX2_H
#define BLOCKS_32_AVX2_H

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#include "blocks_32.h"

// Functions built for AVX2 although their file is not: only called after `ckernels_path` found it.
#define AVX2 __attribute__((target("avx2,fma,f16c")))
#define AVX2_INLINE static inline __attribute__((always_inline, target("avx2,fma,f16c")))

/// 16 bytes in both halves.
AVX2_INLINE __m256i load_16_twice(const void *bytes) {
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)bytes));
}

/// 16 bytes of one place in the lower half, of another in the upper.
AVX2_INLINE __m256i load_16_each(const void *first, const void *second) {
    return _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_loadu_si128((const __m128i *)first)), _mm_loadu_si128((const __m128i *)second), 1);
}

/// 4 bytes of one place four times in the lower half, of another in the upper.
AVX2_INLINE __m256i load_4_each(const void *first, const void *second) {
    int a, b;
    memcpy(&a, first, sizeof a);
    memcpy(&b, second, sizeof b);
    return _mm256_blend_epi32(_mm256_set1_epi32(a), _mm256_set1_epi32(b), 0xf0);
}

/// The two Float16 with which each of two blocks begins: first, second, first, second in each half.
AVX2_INLINE __m256 float16_pairs(const uint8_t *first, const uint8_t *second) {
    const __m256i words = load_4_each(first, second);
    return _mm256_cvtph_ps(_mm_unpacklo_epi64(_mm256_castsi256_si128(words), _mm256_extracti128_si256(words, 1)));
}

/// How the codes of a type become numbers.
typedef enum {
    CodesWithLeast,     // scale * code + least
    CodesAroundMiddle,  // scale * (code - middle)
    CodesSigned,        // scale * code, |code| up to 128; the others are below 32
} CodesForm32;

/// A block of each of two rows, or two blocks of one: the lower halves of the registers are the first's, the upper ones
/// the second's. In most types one byte holds numbers j and j + 16, and 16 bytes fill such a half. `codes[0]` are
/// numbers 0...15; scale and least number are in all places.
typedef struct {
    __m256i codes[2];
    __m256 scale, least;
} BlockPair32;

typedef BlockPair32 PairReader32(const uint8_t *first, const uint8_t *second);

/// A block of each of eight rows, one in each 32-bit place of a register. `codes[k]` are numbers 4 k ... 4 k + 3.
typedef struct {
    __m256i codes[8];
    __m256 scale, least;
} BlockEight32;

/// Reads the block at `first` and those at the same place of the seven rows behind it, `stride` bytes apart.
typedef BlockEight32 EightReader32(const uint8_t *first, size_t stride);

/// What the kernels need to know of a type, known where they are inlined.
typedef struct {
    PairReader32 *read_pair;
    EightReader32 *read_eight;
    size_t block_bytes;
    CodesForm32 form;
    int bits;         // codes without sign are below 2^bits
    int middle_bits;  // the middle is 2^middle_bits
} OwnType32;

// MARK: - Reading two rows

/// The lower and upper halves of 16 bytes at each of two places, as codes 0...15.
AVX2_INLINE void read_half_bytes_avx2(const uint8_t *first, const uint8_t *second, __m256i codes[2]) {
    const __m256i bytes = load_16_each(first, second), half = _mm256_set1_epi8(15);
    codes[0] = _mm256_and_si256(bytes, half);
    codes[1] = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half);
}

/// Adds 16 to the codes whose bit is set in the 4 bytes at `first` and `second`.
AVX2_INLINE void read_fifth_bits_avx2(const uint8_t *first, const uint8_t *second, __m256i codes[2]) {
    const __m256i bits = load_4_each(first, second), each = _mm256_set1_epi64x((long long)0x8040201008040201);
    for (int half = 0; half < 2; half++) {
        const __m256i places = _mm256_setr_epi64x(
            half * 0x0202020202020202, 0x0101010101010101 + half * 0x0202020202020202, half * 0x0202020202020202,
            0x0101010101010101 + half * 0x0202020202020202);
        const __m256i bit = _mm256_and_si256(_mm256_shuffle_epi8(bits, places), each);
        const __m256i sixteen = _mm256_and_si256(_mm256_cmpeq_epi8(bit, each), _mm256_set1_epi8(16));
        codes[half] = _mm256_or_si256(codes[half], sixteen);
    }
}

/// `scale` of two blocks that begin with a Float16.
AVX2_INLINE __m256 scale_pair(const uint8_t *first, const uint8_t *second) {
    return _mm256_moveldup_ps(float16_pairs(first, second));
}

/// Scale and least number of two blocks that begin with those two Float16.
AVX2_INLINE void scale_and_least_pair(const uint8_t *first, const uint8_t *second, BlockPair32 *pair) {
    const __m256 both = float16_pairs(first, second);
    pair->scale = _mm256_moveldup_ps(both);
    pair->least = _mm256_movehdup_ps(both);
}

// MARK: - Reading eight rows

/// Bytes 4 k ... 4 k + 3 of 16 at `first` and at the same place of the rows behind it, in `places[k]`.
AVX2_INLINE void read_16_of_eight(const uint8_t *first, size_t stride, __m256i places[4]) {
    __m256i row[4], low[2], high[2];
    for (int i = 0; i < 4; i++) row[i] = load_16_each(first + i * stride, first + (i + 4) * stride);
    for (int i = 0; i < 2; i++) {
        low[i] = _mm256_unpacklo_epi32(row[i * 2], row[i * 2 + 1]);
        high[i] = _mm256_unpackhi_epi32(row[i * 2], row[i * 2 + 1]);
    }
    places[0] = _mm256_unpacklo_epi64(low[0], low[1]);
    places[1] = _mm256_unpackhi_epi64(low[0], low[1]);
    places[2] = _mm256_unpacklo_epi64(high[0], high[1]);
    places[3] = _mm256_unpackhi_epi64(high[0], high[1]);
}

/// The lower and upper halves of 16 bytes of each row as codes 0...15.
AVX2_INLINE void read_half_bytes_of_eight(const uint8_t *first, size_t stride, __m256i codes[8]) {
    const __m256i half = _mm256_set1_epi8(15);
    __m256i bytes[4];
    read_16_of_eight(first, stride, bytes);
    for (int k = 0; k < 4; k++) {
        codes[k] = _mm256_and_si256(bytes[k], half);
        codes[k + 4] = _mm256_and_si256(_mm256_srli_epi16(bytes[k], 4), half);
    }
}

/// Adds 16 to code i of a row whose bit i is set in the row's place of `bits`.
AVX2_INLINE void add_fifth_bits(__m256i bits, __m256i codes[8]) {
    const __m256i sixteen = _mm256_set1_epi8(16), each = _mm256_set1_epi32((int)0x80402010);
    // The bits of codes 4 k ... 4 k + 3 stand in the upper half of byte k / 2: of odd k as they are, of even k shifted.
    const __m256i shifted = _mm256_slli_epi32(bits, 4);
    for (int k = 0; k < 8; k++) {
        const int byte = k / 2 * 0x01010101;
        const __m128i four = _mm_setr_epi32(byte, byte + 0x04040404, byte + 0x08080808, byte + 0x0c0c0c0c);
        const __m256i places = _mm256_broadcastsi128_si256(four);
        const __m256i bit = _mm256_and_si256(_mm256_shuffle_epi8(k % 2 ? bits : shifted, places), each);
        codes[k] = _mm256_or_si256(codes[k], _mm256_min_epu8(bit, sixteen));
    }
}

/// The first eight bytes of a block of each row: 0...3 in `places[0]`, 4...7 in `places[1]`. Sixteen are read.
AVX2_INLINE void read_heads_of_eight(const uint8_t *first, size_t stride, __m256i places[2]) {
    __m256i all[4];
    read_16_of_eight(first, stride, all);
    places[0] = all[0];
    places[1] = all[1];
}

/// The Float16 in the lower half of each place.
AVX2_INLINE __m256 float16_of_eight(__m256i places) {
    const __m256i lower = _mm256_and_si256(places, _mm256_set1_epi32(0xffff));
    const __m256i packed = _mm256_permute4x64_epi64(_mm256_packus_epi32(lower, lower), 0x08);
    return _mm256_cvtph_ps(_mm256_castsi256_si128(packed));
}

// MARK: - Unpacking

/// 32 signed codes as numbers.
AVX2_INLINE void store_codes(float *out, __m128i codes, __m256 scale, __m256 least, int has_least) {
    for (int half = 0; half < 2; half++) {
        const __m256 code = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(codes));
        // The product is exact, so that one rounding is as good as two.
        _mm256_storeu_ps(
            out + half * 8, has_least ? _mm256_fmadd_ps(scale, code, least) : _mm256_mul_ps(scale, code));
        codes = _mm_unpackhi_epi64(codes, codes);
    }
}

AVX2_INLINE void unpack_pairs(const OwnType32 type, const uint8_t *blocks, float *out, size_t count) {
    for (size_t start = 0; start < count; start += 64, blocks += type.block_bytes * 2, out += 64) {
        const int both = count - start > 32;
        const BlockPair32 read = type.read_pair(blocks, both ? blocks + type.block_bytes : blocks);
        const __m256i middle = _mm256_set1_epi8(
            type.form == CodesAroundMiddle ? (char)(1 << type.middle_bits) : 0);
        const __m256i low = _mm256_sub_epi8(read.codes[0], middle), high = _mm256_sub_epi8(read.codes[1], middle);
        const int has_least = type.form == CodesWithLeast;
        __m256 scale = _mm256_permute2f128_ps(read.scale, read.scale, 0x00);
        __m256 least = _mm256_permute2f128_ps(read.least, read.least, 0x00);
        store_codes(out, _mm256_castsi256_si128(low), scale, least, has_least);
        store_codes(out + 16, _mm256_castsi256_si128(high), scale, least, has_least);
        if (!both) return;
        scale = _mm256_permute2f128_ps(read.scale, read.scale, 0x11);
        least = _mm256_permute2f128_ps(read.least, read.least, 0x11);
        store_codes(out + 32, _mm256_extracti128_si256(low, 1), scale, least, has_least);
        store_codes(out + 48, _mm256_extracti128_si256(high, 1), scale, least, has_least);
    }
}

/// `own_unpack` of a type.
#define MAKE_UNPACK_32(type) \
    AVX2 static void own_unpack(const uint8_t *blocks, float *out, size_t count) { \
        unpack_pairs(type, blocks, out, count); \
    }

#endif

#endif
