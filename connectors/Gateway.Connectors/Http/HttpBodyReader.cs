using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Http;

/// <summary>
/// Reads the JSON body of a tool call: any value, as long as every reader takes it for the same. A system that tells names apart exactly
/// may have two that are alike; to others they would be one.
/// </summary>
/// <param name="names">How the system compares names.</param>
/// <param name="read">Names that conditions look for; null for none.</param>
public sealed class HttpBodyReader(Spelling names = Spelling.Loose, ReadNames? read = null) : IIntentReader
{
    private static readonly SearchValues<byte> Controls = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(c => (byte)c), 0x7F]);

    private const string NotStrict =
        "The body must be JSON that can be read in one way only: valid UTF-8, no name twice in an object, in whatever case.";

    private static readonly HttpBodyReader Loose = new();

    /// <summary>One that is shared where no name is looked for.</summary>
    public static HttpBodyReader For(Spelling names, ReadNames? read) =>
        names == Spelling.Loose && read is null ? Loose : new HttpBodyReader(names, read);

    /// <summary>
    /// Whether a media type (lower case, without parameters) is JSON: <c>application/json</c>, <c>text/json</c> or <c>…+json</c> (RFC 6839
    /// section 3.1).
    /// </summary>
    public static bool IsJson(ReadOnlySpan<char> mediaType) =>
        mediaType is "application/json" or "text/json" || mediaType.EndsWith("+json", StringComparison.Ordinal);

    public bool TryRead(ReadOnlySpan<byte> body, out BodyReading reading, [NotNullWhen(false)] out Refusal? refusal) =>
        CheckedBody.Passes(ProblemOf(body), out reading, out refusal);

    private string? ProblemOf(ReadOnlySpan<byte> body)
    {
        scoped StrictJsonReader reader = default;
        try
        {
            reader = new StrictJsonReader(body, stackalloc ulong[StrictJsonReader.ScratchLength], names == Spelling.Loose);
            return ReadAll(ref reader);
        }
        catch (JsonException)
        {
            return NotStrict;
        }
        finally
        {
            reader.Dispose();
        }
    }

    private string? ReadAll(ref StrictJsonReader reader)
    {
        var trail = new NameTrail(names == Spelling.Loose ? read : null);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                trail.Enter(in reader);
                continue;
            }

            if (reader.Depth == 1 && OverrideNames.IsMember(reader.Name))
            {
                return "The body has a member by which some systems take another method.";
            }

            if (names == Spelling.Loose && reader.Name.ContainsAny(Controls))
            {
                return "The body has a name with a control character, at which some systems cut it.";
            }

            if (trail.IsOther(in reader))
            {
                return "The body has a name in another spelling than the one that this operation's rules read.";
            }
        }

        return reader.Depth == 0 ? null : NotStrict;
    }

    /// <summary>Where in a document the reader is, among the names that are looked for.</summary>
    private struct NameTrail(ReadNames? root)
    {
        private Levels _levels;
        private ReadNames? _next = root;
        private bool _isMember = true;
        private readonly bool _isEmpty = root is null;

        public bool IsOther(in StrictJsonReader reader)
        {
            if (_isEmpty)
            {
                return false;
            }

            var isOther = false;
            _next = _levels[reader.Depth]?.Step(reader.Name, out isOther);
            _isMember = true;
            return isOther;
        }

        public void Enter(in StrictJsonReader reader)
        {
            if (_isEmpty)
            {
                return;
            }

            var here = _isMember ? _next : _levels[reader.Depth];
            _isMember = false;
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                _levels[reader.Depth + 1] = here;
            }
            else if (reader.TokenType is JsonTokenType.StartArray)
            {
                _levels[reader.Depth + 1] = here?.Item;
            }
        }

        [InlineArray(StrictJsonReader.MaxDepth + 2)]
        private struct Levels
        {
            private ReadNames? _first;
        }
    }
}
