/// Finds places for the names of points so that no name covers another name or a point; a name without room is left out.
struct LabelPlacing {
    struct Box {
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double

        func meets(_ other: Box) -> Bool {
            left < other.right && other.left < right && top < other.bottom && other.top < bottom
        }
    }

    /// Names stay inside.
    let frame: Box
    private var taken: [Box] = []

    init(frame: Box) { self.frame = frame }

    /// Keeps a point free.
    mutating func keepFree(_ x: Double, _ y: Double, radius: Double) {
        taken.append(Box(left: x - radius, top: y - radius, right: x + radius, bottom: y + radius))
    }

    /// A place for `label` near the point: where its text begins, on its base line; nil if there is no room.
    mutating func place(_ label: String, near x: Double, _ y: Double, radius: Double) -> (x: Double, y: Double)? {
        // 12 pixel letters of a sans-serif are 6.3 pixels wide in the mean; wider scripts are only half as many letters.
        let width = label.unicodeScalars.reduce(0.0) { $0 + ($1.value < 0x1100 ? 6.3 : 12) }
        let gap = radius + 4
        let (right, left, centred) = (x + gap, x - gap - width, x - width / 2)
        let tries = [
            (right, y), (left, y), (centred, y - gap - 6), (centred, y + gap + 6), (right, y - gap), (right, y + gap),
            (left, y - gap), (left, y + gap),
        ]
        for (left, middle) in tries {
            let box = Box(left: left, top: middle - 7, right: left + width, bottom: middle + 7)
            guard
                box.left >= frame.left, box.right <= frame.right, box.top >= frame.top, box.bottom <= frame.bottom,
                !taken.contains(where: { $0.meets(box) })
            else { continue }
            taken.append(box)
            return (left, middle + 4)
        }
        return nil
    }
}
