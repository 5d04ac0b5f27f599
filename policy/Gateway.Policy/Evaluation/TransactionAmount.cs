using System.Text;
using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// Reads the amount of one action out of its JSON arguments. Whatever can be read in two ways, or not at all, can't be read.
/// </summary>
public static class TransactionAmount
{
    /// <summary>
    /// The amount in minor units; false where it or the currency is missing, twice there, or isn't what the limit says. Never throws.
    /// </summary>
    public static bool TryRead(TransactionLimit limit, ReadOnlySpan<byte> arguments, out long minor)
    {
        ArgumentNullException.ThrowIfNull(limit);
        minor = 0;
        try
        {
            return Find(arguments, limit.Amount.Steps, out var amount)
                && amount.Type == JsonTokenType.Number
                && MinorUnits.TryParse(amount.In(arguments), limit.Decimals, out minor)
                && HasCurrency(limit, arguments);
        }
        catch (JsonException)
        {
            minor = 0;
            return false;
        }
    }

    private static bool HasCurrency(TransactionLimit limit, ReadOnlySpan<byte> arguments)
    {
        if (limit.CurrencyAt is null || limit.Currency is null)
        {
            return true;
        }

        Span<byte> wanted = stackalloc byte[16];
        wanted = wanted[..Encoding.UTF8.GetBytes(limit.Currency, wanted)];
        return Find(arguments, limit.CurrencyAt.Steps, out var currency)
            && currency.Type == JsonTokenType.String
            && currency.In(arguments).SequenceEqual(wanted);
    }

    private static bool Find(ReadOnlySpan<byte> json, byte[][] steps, out Token token)
    {
        token = default;
        if (json.IsEmpty)
        {
            return false;
        }

        var reader = new Utf8JsonReader(json);
        var found = reader.Read() && Find(ref reader, steps, ref token);
        return !reader.Read() && found; // To the end: what comes behind must not be a second reading.
    }

    private static bool Find(ref Utf8JsonReader reader, ReadOnlySpan<byte[]> steps, ref Token token)
    {
        if (steps.IsEmpty)
        {
            token = new Token(
                reader.TokenType,
                (int)reader.TokenStartIndex + (reader.TokenType == JsonTokenType.String ? 1 : 0),
                reader.ValueSpan.Length
            );
            reader.Skip();
            return true;
        }

        return reader.TokenType switch
        {
            JsonTokenType.StartObject => FindMember(ref reader, steps, ref token),
            JsonTokenType.StartArray => FindItem(ref reader, steps, ref token),
            _ => false,
        };
    }

    private static bool FindMember(ref Utf8JsonReader reader, ReadOnlySpan<byte[]> steps, ref Token token)
    {
        var (matches, found) = (0, false);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var same = IsLike(in reader, steps[0]);
            var exact = same && reader.ValueTextEquals(steps[0]);
            reader.Read();
            matches += same ? 1 : 0;
            if (exact)
            {
                found = Find(ref reader, steps[1..], ref token);
            }
            else
            {
                reader.Skip();
            }
        }

        // The system behind may take names without regard to case, and then the other member would be the amount.
        return found && matches == 1;
    }

    private static bool FindItem(ref Utf8JsonReader reader, ReadOnlySpan<byte[]> steps, ref Token token)
    {
        var found = false;
        var wanted =
            MinorUnits.TryParse(steps[0], 0, out var at) && (steps[0].Length == 1 || steps[0][0] != '0') && !steps[0].Contains((byte)'.')
                ? at
                : -1;
        for (var i = 0L; reader.Read() && reader.TokenType != JsonTokenType.EndArray; i++)
        {
            if (i == wanted)
            {
                found = Find(ref reader, steps[1..], ref token);
            }
            else
            {
                reader.Skip();
            }
        }

        return found;
    }

    private static bool IsLike(in Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        if (!reader.ValueIsEscaped)
        {
            return LooseText.AreAlike(reader.ValueSpan, name);
        }

        var unescaped = new byte[reader.ValueSpan.Length];
        return LooseText.AreAlike(unescaped.AsSpan(0, reader.CopyString(unescaped)), name);
    }

    /// <param name="Start">Where its text begins: of a string, behind the quotation mark.</param>
    private readonly record struct Token(JsonTokenType Type, int Start, int Length)
    {
        /// <summary>As it is written: escapes are not resolved.</summary>
        public ReadOnlySpan<byte> In(ReadOnlySpan<byte> json) => json.Slice(Start, Length);
    }
}
