using System.Buffers.Binary;
using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Schemas.Values;

/// <summary>
/// Equality as JSON Schema has it (core, section 4.2.2): numbers by value, objects without regard to order. Hashes only lead to what may be
/// equal; what is taken for equal was compared.
/// </summary>
internal static class JsonSameness
{
    private const int FewBytes = 256;

    /// <summary>A hash that equal values have in common, under a key of this process. Kept with the token.</summary>
    public static ulong Hash(in JsonView json, int token, ref long steps)
    {
        ref var at = ref json[token];
        if (at.Hash == 0)
        {
            at.Hash = at.Kind switch
            {
                JsonTokenType.StartArray => HashItems(in json, token, ref steps),
                JsonTokenType.StartObject => HashMembers(in json, token, ref steps),
                JsonTokenType.Number => HashNumber(json.Bytes(token), ref steps),
                JsonTokenType.String => HashText(json.Bytes(token), ref steps),
                _ => Mix((ulong)at.Kind, 0),
            };
        }

        return at.Hash;
    }

    /// <param name="steps">Falls below zero where comparing would take too long; the answer is false then.</param>
    public static bool AreSame(in JsonView left, int a, in JsonView right, int b, ref long steps)
    {
        ref readonly var x = ref left[a];
        ref readonly var y = ref right[b];
        if (--steps < 0 || KindOf(x.Kind) != KindOf(y.Kind) || x.Count != y.Count)
        {
            return false;
        }

        steps -= (x.Length + y.Length) / 16;
        return KindOf(x.Kind) switch
        {
            JsonTokenType.String => left.Bytes(a).SequenceEqual(right.Bytes(b)),
            JsonTokenType.Number => new ExactNumber(left.Bytes(a)).CompareTo(new ExactNumber(right.Bytes(b))) == 0,
            JsonTokenType.StartArray => AreItemsSame(in left, a, in right, b, ref steps),
            JsonTokenType.StartObject => AreMembersSame(in left, a, in right, b, ref steps),
            _ => true,
        };
    }

    private static JsonTokenType KindOf(JsonTokenType kind) => kind == JsonTokenType.PropertyName ? JsonTokenType.String : kind;

    private static bool AreItemsSame(in JsonView left, int a, in JsonView right, int b, ref long steps)
    {
        var end = left[a].Next;
        for (var (i, j) = (a + 1, b + 1); i < end; (i, j) = (left[i].Next, right[j].Next))
        {
            if (!AreSame(in left, i, in right, j, ref steps))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Looks for each member from where the one before it was found: texts mostly have the same order.</summary>
    private static bool AreMembersSame(in JsonView left, int a, in JsonView right, int b, ref long steps)
    {
        var end = left[a].Next;
        var j = b + 1;
        for (var i = a + 1; i < end; i = left[i + 1].Next)
        {
            var tries = right[b].Count;
            while (tries > 0 && (left[i].Hash != right[j].Hash || !left.Bytes(i).SequenceEqual(right.Bytes(j))))
            {
                steps--;
                tries--;
                j = NextMember(in right, b, j);
            }

            if (tries == 0 || steps < 0 || !AreSame(in left, i + 1, in right, j + 1, ref steps))
            {
                return false;
            }

            j = NextMember(in right, b, j);
        }

        return true;
    }

    private static int NextMember(in JsonView json, int container, int name)
    {
        var next = json[name + 1].Next;
        return next < json[container].Next ? next : container + 1;
    }

    private static ulong HashItems(in JsonView json, int token, ref long steps)
    {
        var hash = Mix((ulong)JsonTokenType.StartArray, (ulong)json[token].Count);
        for (var i = token + 1; i < json[token].Next; i = json[i].Next)
        {
            hash = Mix(hash, Hash(in json, i, ref steps));
        }

        return hash;
    }

    private static ulong HashMembers(in JsonView json, int token, ref long steps)
    {
        ulong sum = 0; // In no order.
        for (var i = token + 1; i < json[token].Next; i = json[i + 1].Next)
        {
            sum += Mix(json[i].Hash, Hash(in json, i + 1, ref steps));
        }

        return Mix(sum, (ulong)json[token].Count);
    }

    private static ulong HashText(ReadOnlySpan<byte> text, ref long steps)
    {
        steps -= 1 + (text.Length / 16);
        return KeyHash.Compute(text);
    }

    private static ulong HashNumber(ReadOnlySpan<byte> text, ref long steps)
    {
        steps -= 1 + text.Length;
        var number = new ExactNumber(text);
        Span<byte> digits = stackalloc byte[FewBytes];
        var (hash, used) = (Mix((ulong)number.Exponent, number.IsNegative ? 1UL : 0), 0);
        for (var i = 0; i < number.Length; i++)
        {
            digits[used++] = (byte)number.Digit(i);
            if (used == FewBytes)
            {
                hash = Mix(hash, KeyHash.Compute(digits));
                used = 0;
            }
        }

        return Mix(hash, KeyHash.Compute(digits[..used]));
    }

    private static ulong Mix(ulong left, ulong right)
    {
        Span<byte> both = stackalloc byte[2 * sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(both, left);
        BinaryPrimitives.WriteUInt64LittleEndian(both[sizeof(ulong)..], right);
        return KeyHash.Compute(both);
    }
}
