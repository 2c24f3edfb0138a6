#include "blocks_256.h"
#include "blocks_256_avx2.h"

#include <string.h>

#define TWICE(i) 2 * i, 2 * i + 1, 2 * i, 2 * i + 1
#define EIGHT_TIMES(i) TWICE(i), TWICE(i), TWICE(i), TWICE(i)

const uint8_t repeat_places_256[8][32] = {
    {EIGHT_TIMES(0), EIGHT_TIMES(0)}, {EIGHT_TIMES(1), EIGHT_TIMES(1)}, {EIGHT_TIMES(2), EIGHT_TIMES(2)},
    {EIGHT_TIMES(3), EIGHT_TIMES(3)}, {EIGHT_TIMES(4), EIGHT_TIMES(4)}, {EIGHT_TIMES(5), EIGHT_TIMES(5)},
    {EIGHT_TIMES(6), EIGHT_TIMES(6)}, {EIGHT_TIMES(7), EIGHT_TIMES(7)},
};

float float16_256(const uint8_t *bytes) {
    const uint32_t sign = (uint32_t)(bytes[1] >> 7) << 31;
    const uint32_t exponent = bytes[1] >> 2 & 31;
    const uint32_t fraction = (uint32_t)(bytes[1] & 3) << 8 | bytes[0];
    uint32_t bits;
    if (exponent == 0) {
        const float small = (float)fraction * 0x1p-24f;  // exact: ten bits times a power of two
        memcpy(&bits, &small, sizeof bits);
    } else {
        bits = (exponent == 31 ? 255 : exponent + 112) << 23 | fraction << 13;
    }
    bits |= sign;
    float number;
    memcpy(&number, &bits, sizeof number);
    return number;
}

void six_bit_pairs_256(const uint8_t *bytes, PlainBlock256 *plain) {
    for (int part = 0; part < 4; part++) {
        const uint8_t first = bytes[part], second = bytes[part + 4], third = bytes[part + 8];
        const int low = 2 * part, high = 2 * part + 8;
        plain->part_scale[low] = plain->part_scale[low + 1] = first & 63;
        plain->part_offset[low] = plain->part_offset[low + 1] = second & 63;
        plain->part_scale[high] = plain->part_scale[high + 1] = (third & 15) | (first >> 6) << 4;
        plain->part_offset[high] = plain->part_offset[high + 1] = third >> 4 | (second >> 6) << 4;
    }
}

void unpack_256_portable(BlockReader256 *read, size_t block_bytes, const uint8_t *blocks, float *out, size_t count) {
    PlainBlock256 plain;
    for (size_t start = 0; start < count; start += 256, blocks += block_bytes) {
        read(blocks, &plain);
        for (int part = 0; part < 16; part++) {
            const float scale = plain.scale * plain.part_scale[part];
            const float offset = plain.offset_scale * plain.part_offset[part];
            for (int i = part * 16; i < part * 16 + 16; i++) out[start + i] = scale * plain.code[i] - offset;
        }
    }
}

// Shape of `q`: 256; of `sums`: 16.
static float block_dot(const PlainBlock256 *plain, const int8_t *q, const int16_t *sums) {
    int32_t product = 0, offset = 0;
    for (int part = 0; part < 16; part++) {
        int32_t sum = 0;
        for (int i = part * 16; i < part * 16 + 16; i++) sum += plain->code[i] * q[i];
        product += plain->part_scale[part] * sum;
        offset += plain->part_offset[part] * sums[part];
    }
    return plain->scale * (float)product - plain->offset_scale * (float)offset;
}

static Activations256 activations_256(const void *first, size_t length) {
    return (Activations256){first, ckernels_activation_bytes(CKernelsQ4_K, length), length};
}

void rows_dot_256_portable(
    BlockReader256 *read, size_t block_bytes, const uint8_t *rows, size_t row_bytes, size_t row_count, size_t length,
    const void *activations, size_t activation_count, float *out, size_t out_stride
) {
    const Activations256 packed = activations_256(activations, length);
    PlainBlock256 plain;
    for (size_t row = 0; row < row_count; row++) {
        for (size_t c = 0; c < activation_count; c++) out[c * out_stride + row] = 0;
        for (size_t block = 0; block < length / 256; block++) {
            read(rows + row * row_bytes + block * block_bytes, &plain);
            for (size_t c = 0; c < activation_count; c++) {
                const float dot = block_dot(&plain, codes_256(&packed, c, block), sums_256(&packed, c, block));
                out[c * out_stride + row] += *scale_256(&packed, c, block) * dot;
            }
        }
    }
}

void rows_dot_256(
    RowsKernel256 *const kernels[4], const uint8_t *rows, size_t row_bytes, size_t row_count, size_t length,
    const void *activations, size_t activation_count, float *out, size_t out_stride
) {
    const Activations256 packed = activations_256(activations, length);
    // Rows are read from memory once: those of one group are still in the cache when the next four activations come.
    const size_t group = activation_count <= 4 ? row_count : 4;
    for (size_t row = 0; row < row_count; row += group) {
        const size_t rows_left = row_count - row < group ? row_count - row : group;
        for (size_t c = 0; c < activation_count; c += 4) {
            const size_t together = activation_count - c < 4 ? activation_count - c : 4;
            const Activations256 some = {packed.first + c * packed.stride, packed.stride, length};
            kernels[together - 1](
                rows + row * row_bytes, row_bytes, rows_left, &some, out + c * out_stride + row, out_stride);
        }
    }
}
