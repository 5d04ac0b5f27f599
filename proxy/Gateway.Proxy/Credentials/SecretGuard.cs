using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Redaction;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Credentials;

/// <summary>
/// Finds the credential that went out with a request in what comes back, so that a system that says it again doesn't give it to the agent:
/// in each of its <see cref="SecretForms"/>, and each of these under up to three levels of escapes or in UTF-16. One for all requests that
/// a secret goes out with. Immutable.
/// </summary>
public sealed class SecretGuard
{
    /// <summary>For an answer to a request that took no credential.</summary>
    public static readonly SecretGuard None = new(null);

    /// <value>Bytes; more never wait for what follows.</value>
    public const int MostHeld = 48 * 1024;

    /// <summary>JSON in JSON, of HTML or a URL.</summary>
    private const int Levels = 3;

    /// <summary>Bytes that one character takes, in whichever escapes are in use.</summary>
    private const int LongestCharacter = 16;

    /// <summary>Bytes that are looked at together: large against what they share with the next, small for the pool.</summary>
    private const int Block = 256 * 1024;

    /// <summary>A secret is cached where it was fetched; what is made of it goes when it does.</summary>
    private static readonly ConditionalWeakTable<Secret, SecretGuard?[]> Made = [];

    private readonly SecretForms? _forms;

    private SecretGuard(SecretForms? forms) => _forms = forms;

    /// <summary>Whether there is anything to look for.</summary>
    public bool IsNone => _forms is null;

    /// <param name="secret">Null where none was sent.</param>
    public static SecretGuard Of(CredentialUse? use, Secret? secret)
    {
        if (use is null || secret is null)
        {
            return None;
        }

        ref var made = ref Made.GetValue(secret, static _ => new SecretGuard?[(int)Enum.GetValues<CredentialPlacement>().Max() + 1])[
            (int)use.Placement
        ];
        return made ??= SecretValues.Of(use.Placement, secret.Reveal()) is { Count: > 0 } values ? new(new SecretForms(values)) : None;
    }

    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        if (_forms is null || bytes.Length < _forms.Shortest)
        {
            return false;
        }

        if (IsPlainIn(bytes))
        {
            return true;
        }

        var shared = LongestSpan;
        for (var at = 0; EscapedText.MayBeIn(bytes[at..], drop: true); at += Block - shared)
        {
            var isLast = bytes.Length - at <= Block;
            if (IsUnderEscapes(bytes.Slice(at, isLast ? bytes.Length - at : Block)))
            {
                return true;
            }

            if (isLast)
            {
                break;
            }
        }

        return false;
    }

    /// <summary>Whether a header that would go to the caller holds it.</summary>
    public bool IsIn(HttpResponseMessage answer, IReadOnlyList<string> headers)
    {
        for (var i = 0; i < headers.Count && _forms is not null; i++)
        {
            var name = headers[i];
            if (
                (
                    answer.Headers.NonValidated.TryGetValues(name, out var values)
                    || answer.Content.Headers.NonValidated.TryGetValues(name, out values)
                ) && IsIn(Encoding.UTF8.GetBytes(values.ToString()))
            )
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many bytes at the end could be the beginning of it: they must wait for what follows.</summary>
    /// <returns>At most <see cref="MostHeld"/>.</returns>
    public int BeginsIn(ReadOnlySpan<byte> bytes)
    {
        if (_forms is null)
        {
            return 0;
        }

        var longest = _forms.BeginsIn(bytes);
        var last = bytes[Math.Max(0, bytes.Length - LongestSpan)..];
        return EscapedText.MayBeIn(last, drop: true) ? Math.Max(longest, BeginsUnderEscapes(last)) : longest;
    }

    public override string ToString() => "***";

    /// <summary>Bytes that the longest form takes at most, whatever it is escaped with.</summary>
    private int LongestSpan => Math.Min(_forms!.Longest * LongestCharacter, MostHeld);

    private bool IsPlainIn(ReadOnlySpan<byte> bytes)
    {
        // By the block: the search is one pass over characters, so each byte becomes one first.
        var shared = _forms!.Longest - 1;
        var characters = ArrayPool<char>.Shared.Rent(Math.Min(bytes.Length, shared + (Block / 8)));
        try
        {
            for (var at = 0; ; at += characters.Length - shared)
            {
                var length = Encoding.Latin1.GetChars(bytes.Slice(at, Math.Min(bytes.Length - at, characters.Length)), characters);
                if (_forms.IsIn(characters.AsSpan(0, length)))
                {
                    return true;
                }

                if (at + length == bytes.Length)
                {
                    return false;
                }
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    private bool IsUnderEscapes(ReadOnlySpan<byte> bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            bytes.CopyTo(buffer);
            var text = buffer.AsSpan(0, bytes.Length);
            var end = 0;
            for (var level = 0; level < Levels && EscapedText.MayBeIn(text, drop: true); level++)
            {
                var length = EscapedText.Decode(text, [], drop: true, isOpen: false, ref end);
                if (length == text.Length)
                {
                    return false;
                }

                text = text[..length];
                if (length >= _forms!.Shortest && IsPlainIn(text))
                {
                    return true;
                }
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private int BeginsUnderEscapes(ReadOnlySpan<byte> bytes)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        var places = ArrayPool<int>.Shared.Rent(bytes.Length);
        try
        {
            bytes.CopyTo(buffer);
            var text = buffer.AsSpan(0, bytes.Length);
            var origins = places.AsSpan(0, bytes.Length);
            var (start, end) = (bytes.Length, bytes.Length);
            for (var i = 0; i < origins.Length; i++)
            {
                origins[i] = i;
            }

            for (var level = 0; level < Levels; level++)
            {
                var length = EscapedText.Decode(text, origins, drop: true, isOpen: true, ref end);
                text = text[..length];
                origins = origins[..length];
                var begun = _forms!.BeginsIn(text);
                start = Math.Min(start, Math.Min(end, begun > 0 ? origins[^begun] : end));
            }

            return bytes.Length - start;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            ArrayPool<int>.Shared.Return(places);
        }
    }
}
