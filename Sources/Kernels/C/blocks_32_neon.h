#ifndef BLOCKS_32_NEON_H
#define BLOCKS_32_NEON_H

#if defined(__aarch64__)

#include <arm_neon.h>
#include <string.h>

#include "blocks_32.h"

#define NEON_INLINE static inline __attribute__((always_inline))

/// A block as `PlainBlock32`; `code[0]` are numbers 0...15.
typedef struct {
    int8x16_t code[2];
    float scale, least;
} BlockCodes32;

typedef BlockCodes32 CodesReader32(const uint8_t *block);

NEON_INLINE float float16_neon(const uint8_t *bytes) {
    __fp16 half;
    memcpy(&half, bytes, sizeof half);
    return (float)half;
}

/// The lower and the upper halves of 16 bytes as codes 0...15.
NEON_INLINE void read_half_bytes_neon(const uint8_t *bytes, int8x16_t codes[2]) {
    const uint8x16_t both = vld1q_u8(bytes);
    codes[0] = vreinterpretq_s8_u8(vandq_u8(both, vdupq_n_u8(15)));
    codes[1] = vreinterpretq_s8_u8(vshrq_n_u8(both, 4));
}

/// Adds 16 to the codes whose bit is set in the 4 bytes at `bits`.
NEON_INLINE void read_fifth_bits_neon(const uint8_t *bits, int8x16_t codes[2]) {
    const uint8x8_t each = vcreate_u8(0x8040201008040201);
    for (int half = 0; half < 2; half++) {
        const uint8x16_t bytes = vcombine_u8(vdup_n_u8(bits[half * 2]), vdup_n_u8(bits[half * 2 + 1]));
        const uint8x16_t set = vtstq_u8(bytes, vcombine_u8(each, each));
        codes[half] = vorrq_s8(codes[half], vreinterpretq_s8_u8(vandq_u8(set, vdupq_n_u8(16))));
    }
}

/// Four sums of eight products each: 16 bits hold two products of |code| up to 128 and |q| up to 127.
NEON_INLINE int32x4_t whole_neon(const BlockCodes32 *block, const int8_t *q) {
    const int8x16_t low = vld1q_s8(q), high = vld1q_s8(q + 16);
    int16x8_t first = vmull_s8(vget_low_s8(block->code[0]), vget_low_s8(low));
    int16x8_t second = vmull_s8(vget_high_s8(block->code[0]), vget_high_s8(low));
    first = vmlal_s8(first, vget_low_s8(block->code[1]), vget_low_s8(high));
    second = vmlal_s8(second, vget_high_s8(block->code[1]), vget_high_s8(high));
    return vpadalq_s16(vpaddlq_s16(first), second);
}

NEON_INLINE void rows_times_activations_neon(
    CodesReader32 *const read, const size_t block_bytes, const size_t count, const uint8_t *rows, size_t row_bytes,
    size_t row_count, const Activations32 *activations, float *out, size_t out_stride
) {
    for (size_t row = 0; row < row_count; row++, rows += row_bytes) {
        float32x4_t sum[4];
        float least[4] = {0, 0, 0, 0};
        for (size_t c = 0; c < count; c++) sum[c] = vdupq_n_f32(0);
        for (size_t block = 0; block < activations->length / 32; block++) {
            const BlockCodes32 codes = read(rows + block * block_bytes);
            for (size_t c = 0; c < count; c++) {
                const int32x4_t whole = whole_neon(&codes, codes_32(activations, c) + block * 32);
                const float scale = codes.scale * scales_32(activations, c)[block];
                sum[c] = vfmaq_n_f32(sum[c], vcvtq_f32_s32(whole), scale);
                least[c] += codes.least * scaled_sums_32(activations, c)[block];
            }
        }
        for (size_t c = 0; c < count; c++) out[c * out_stride + row] = vaddvq_f32(sum[c]) + least[c];
    }
}

/// Sixteen numbers scale * code + least. The product is exact, so that one rounding is as good as two.
NEON_INLINE void store_codes_neon(float *out, int8x16_t codes, float scale, float least) {
    const int16x8_t halves[2] = {vmovl_s8(vget_low_s8(codes)), vmovl_s8(vget_high_s8(codes))};
    for (int half = 0; half < 2; half++) {
        const float32x4_t first = vcvtq_f32_s32(vmovl_s16(vget_low_s16(halves[half])));
        const float32x4_t second = vcvtq_f32_s32(vmovl_s16(vget_high_s16(halves[half])));
        vst1q_f32(out + half * 8, vfmaq_n_f32(vdupq_n_f32(least), first, scale));
        vst1q_f32(out + half * 8 + 4, vfmaq_n_f32(vdupq_n_f32(least), second, scale));
    }
}

NEON_INLINE void unpack_neon(
    CodesReader32 *const read, const size_t block_bytes, const uint8_t *blocks, float *out, size_t count
) {
    for (size_t start = 0; start < count; start += 32, blocks += block_bytes) {
        const BlockCodes32 codes = read(blocks);
        store_codes_neon(out + start, codes.code[0], codes.scale, codes.least);
        store_codes_neon(out + start + 16, codes.code[1], codes.scale, codes.least);
    }
}

/// `own_unpack` and `own_rows_dot` of a type, from its reading of one block.
#define MAKE_KERNELS_NEON(read, block_bytes) \
    static void own_unpack(const uint8_t *blocks, float *out, size_t count) { \
        unpack_neon(read, block_bytes, blocks, out, count); \
    } \
    MAKE_ROWS_DOT_NEON(read, block_bytes)

/// The compiler knows the number of activation rows, and sums stay in registers.
#define MAKE_ROWS_DOT_NEON(read, block_bytes) \
    static void own_rows_dot( \
        const uint8_t *rows, size_t row_bytes, size_t row_count, const Activations32 *activations, \
        size_t activation_count, float *out, size_t out_stride \
    ) { \
        switch (activation_count) { \
        case 1: ROWS_NEON(read, block_bytes, 1); break; \
        case 2: ROWS_NEON(read, block_bytes, 2); break; \
        case 3: ROWS_NEON(read, block_bytes, 3); break; \
        case 4: ROWS_NEON(read, block_bytes, 4); break; \
        } \
    } \
    enum { most_activations = 4 };

#define ROWS_NEON(read, block_bytes, count) \
    rows_times_activations_neon(read, block_bytes, count, rows, row_bytes, row_count, activations, out, out_stride)

#endif

#endif
