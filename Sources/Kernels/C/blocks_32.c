#include "blocks_32.h"

#include "CKernelsLayer.h"

float float16_32(const uint8_t *bytes) {
    const uint16_t half = (uint16_t)(bytes[0] | bytes[1] << 8);
    float number;
    ckernels_from_half(&half, &number, 1, CKernelsPathPortable);
    return number;
}

void read_half_bytes_32(const uint8_t *bytes, int8_t *codes) {
    for (int i = 0; i < 16; i++) {
        codes[i] = bytes[i] & 15;
        codes[i + 16] = bytes[i] >> 4;
    }
}

void read_fifth_bits_32(const uint8_t *bits, int8_t *codes) {
    for (int i = 0; i < 32; i++) codes[i] |= (bits[i / 8] >> i % 8 & 1) << 4;
}

void unpack_32_portable(BlockReader32 *read, size_t block_bytes, const uint8_t *blocks, float *out, size_t count) {
    PlainBlock32 plain;
    for (size_t start = 0; start < count; start += 32, blocks += block_bytes) {
        read(blocks, &plain);
        for (size_t i = 0; i < 32; i++) out[start + i] = plain.scale * plain.code[i] + plain.least;
    }
}

static void rows_dot_portable(
    const BlockType32 *type, const uint8_t *rows, size_t row_bytes, size_t row_count, const Activations32 *activations,
    size_t activation_count, float *out, size_t out_stride
) {
    PlainBlock32 plain;
    for (size_t row = 0; row < row_count; row++) {
        for (size_t c = 0; c < activation_count; c++) out[c * out_stride + row] = 0;
        for (size_t block = 0; block < activations->length / 32; block++) {
            type->read(rows + row * row_bytes + block * type->block_bytes, &plain);
            for (size_t c = 0; c < activation_count; c++) {
                const int8_t *q = codes_32(activations, c) + block * 32;
                int32_t whole = 0;
                for (int i = 0; i < 32; i++) whole += plain.code[i] * q[i];
                const float scaled = plain.scale * scales_32(activations, c)[block] * (float)whole;
                out[c * out_stride + row] += scaled + plain.least * scaled_sums_32(activations, c)[block];
            }
        }
    }
}

void rows_dot_32(
    const BlockType32 *type, const uint8_t *rows, size_t row_bytes, size_t row_count, size_t length,
    const void *activations, size_t activation_count, float *out, size_t out_stride, CKernelsPath path
) {
    const Activations32 packed = {activations, ckernels_activation_bytes(CKernelsQ8_0, length), length};
    if (path == CKernelsPathPortable) {
        rows_dot_portable(type, rows, row_bytes, row_count, &packed, activation_count, out, out_stride);
        return;
    }
    // More activation rows than fit a round pass over a few stored rows at a time, so that those come from memory once.
    const size_t stretch = activation_count > type->most_activations ? 16 : row_count;
    for (size_t row = 0; row < row_count; row += stretch) {
        const size_t some_rows = row_count - row < stretch ? row_count - row : stretch;
        for (size_t c = 0; c < activation_count; c += type->most_activations) {
            const size_t left = activation_count - c;
            const size_t together = left < type->most_activations ? left : type->most_activations;
            const Activations32 some = {packed.first + c * packed.stride, packed.stride, length};
            type->rows_dot(
                rows + row * row_bytes, row_bytes, some_rows, &some, together, out + c * out_stride + row, out_stride);
        }
    }
}
