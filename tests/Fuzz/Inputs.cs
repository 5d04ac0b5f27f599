using Gateway.Testing;

namespace Gateway.Fuzz.Tests;

/// <summary>Inputs without the fuzzer: the seeds, what was found before, and changes of both that are the same on every machine.</summary>
internal static class Inputs
{
    /// <summary>The target's own, and the files of its folder here: inputs that once broke a promise.</summary>
    public static IEnumerable<byte[]> SeedsOf(FuzzTarget target)
    {
        var folder = Path.Combine(Repository.Root, "tests/Fuzz/Found", target.Name);
        return Directory.Exists(folder)
            ? target.Seeds().Concat(Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes))
            : target.Seeds();
    }

    /// <summary>The seeds and so many changes of them; one input's changes build on another's.</summary>
    public static IEnumerable<byte[]> Of(FuzzTarget target, int changes)
    {
        var pool = SeedsOf(target).ToList();
        var seeds = pool.Count;
        foreach (var seed in pool.ToArray())
        {
            yield return seed;
        }

        var random = new Steps();
        for (var i = 0; i < changes; i++)
        {
            var input = pool[random.Next(pool.Count)];
            for (var more = random.Next(4); more >= 0; more--)
            {
                input = Change(input, pool[random.Next(pool.Count)], random);
            }

            pool.Add(input);
            if (pool.Count > seeds + 200)
            {
                pool.RemoveAt(seeds + random.Next(200));
            }

            yield return input;
        }
    }

    private static byte[] Change(byte[] input, byte[] other, Steps random)
    {
        if (input.Length == 0 || input.Length > 4096)
        {
            return other;
        }

        var at = random.Next(input.Length);
        var length = random.Next(Math.Min(input.Length - at, 16) + 1);
        var from = random.Next(other.Length + 1);
        var piece = other[from..Math.Min(other.Length, from + random.Next(16))];
        return random.Next(7) switch
        {
            0 => [.. input[..at], (byte)random.Next(256), .. input[(at + 1)..]],
            1 => [.. input[..at], (byte)(input[at] ^ (1 << random.Next(8))), .. input[(at + 1)..]],
            2 => [.. input[..at], .. input[(at + length)..]],
            3 => [.. input[..(at + length)], .. input[at..]],
            4 => [.. input[..at], .. piece, .. input[at..]],
            5 => [.. input[..at], Odd[random.Next(Odd.Length)], .. input[(at + 1)..]],
            _ => [.. input[..at], .. other[from..]],
        };
    }

    /// <summary>Bytes that mean something to one reader or another.</summary>
    private static readonly byte[] Odd = [.. "\0\t\n\r \"'()*+,-./:;<=>?@[\\]^_`{|}~%&#!$"u8, 0x7F, 0x80, 0xC0, 0xE2, 0xED, 0xFF];

    /// <summary>Numbers that look like chance and are always the same: what fails here fails again (xorshift, 64 bits).</summary>
    private sealed class Steps
    {
        private ulong _state = 0x9E3779B97F4A7C15;

        public int Next(int below)
        {
            _state ^= _state << 13;
            _state ^= _state >> 7;
            _state ^= _state << 17;
            return (int)(_state % (ulong)Math.Max(1, below));
        }
    }
}
