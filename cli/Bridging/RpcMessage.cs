using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Cli.Bridging;

/// <summary>What a message is for. The zero value is none: nothing is passed on that hasn't been read.</summary>
internal enum RpcKind
{
    None = 0,
    Request,
    Notification,
    Response,
}

/// <summary>
/// One JSON-RPC message as it goes over the pipe: its bytes, and the few members by which the bridge finds whom it is for. The bytes stay
/// as they came but for line ends between tokens, which become spaces: a line is a message there.
/// </summary>
internal sealed class RpcMessage
{
    /// <value>Characters of an id or a progress token, at most. Official clients count.</value>
    private const int LongestId = 256;

    private RpcMessage(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>One line, without its end.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public RpcKind Kind { get; private set; }

    /// <summary>As JSON, a text with its quotes, so that <c>1</c> and <c>"1"</c> are two; empty where there is none.</summary>
    public string Id { get; private set; } = "";

    public string Method { get; private set; } = "";

    /// <summary>Of a response: whether it is an error.</summary>
    public bool IsError { get; private set; }

    /// <summary>The progress token of a request, or the one that a progress notification is for; as JSON, empty for none.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Whether its <c>_meta</c> names a protocol version, which only the sessionless protocol of 2026 has.</summary>
    public bool IsSessionless { get; private set; }

    /// <param name="bytes">Changed in place: a line end in it becomes a space.</param>
    /// <returns>Null where it isn't one JSON-RPC 2.0 message that can be read in one way: two members of one name, a batch, an id that is
    /// neither a text nor a whole number, a method beside a result.</returns>
    public static RpcMessage? Read(Memory<byte> bytes)
    {
        bytes.Span.Replace((byte)'\n', (byte)' ');
        bytes.Span.Replace((byte)'\r', (byte)' ');
        var message = new RpcMessage(bytes);
        var reader = new StrictJsonReader(bytes.Span, stackalloc ulong[StrictJsonReader.ScratchLength]);
        try
        {
            return message.Take(ref reader) ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
        finally
        {
            reader.Dispose();
        }
    }

    private bool Take(ref StrictJsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return false;
        }

        var (isVersion2, hasId, hasMethod, results) = (false, false, false, 0);
        while (reader.ReadName())
        {
            if (reader.Name.SequenceEqual("jsonrpc"u8))
            {
                isVersion2 = reader.Read() && reader.ValueEquals("2.0"u8);
                reader.SkipValue();
            }
            else if (reader.Name.SequenceEqual("id"u8))
            {
                Id = TakeId(ref reader);
                hasId = true;
            }
            else if (reader.Name.SequenceEqual("method"u8))
            {
                hasMethod = reader.Read() && reader.TokenType == JsonTokenType.String;
                Method = hasMethod ? reader.GetString() : "";
                reader.SkipValue();
            }
            else if (reader.Name.SequenceEqual("params"u8))
            {
                TakeParameters(ref reader);
            }
            else
            {
                var isError = reader.Name.SequenceEqual("error"u8);
                IsError |= isError;
                results += isError || reader.Name.SequenceEqual("result"u8) ? 1 : 0;
                reader.SkipValue();
            }
        }

        Kind = KindOf(hasId, Method.Length > 0, results);
        return !reader.Read() && isVersion2 && Kind != RpcKind.None && (!hasId || Id.Length > 0);
    }

    private static RpcKind KindOf(bool hasId, bool hasMethod, int results) =>
        (hasId, hasMethod, results) switch
        {
            (true, true, 0) => RpcKind.Request,
            (false, true, 0) => RpcKind.Notification,
            (true, false, 1) => RpcKind.Response,
            _ => RpcKind.None,
        };

    private void TakeParameters(ref StrictJsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.SkipValue();
            return;
        }

        while (reader.ReadName())
        {
            if (reader.Name.SequenceEqual("progressToken"u8))
            {
                Token = TakeId(ref reader);
            }
            else if (reader.Name.SequenceEqual("_meta"u8))
            {
                TakeMeta(ref reader);
            }
            else
            {
                reader.SkipValue();
            }
        }
    }

    private void TakeMeta(ref StrictJsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            reader.SkipValue();
            return;
        }

        while (reader.ReadName())
        {
            if (reader.Name.SequenceEqual("progressToken"u8))
            {
                Token = TakeId(ref reader);
            }
            else
            {
                IsSessionless |= reader.Name.SequenceEqual("io.modelcontextprotocol/protocolVersion"u8);
                reader.SkipValue();
            }
        }
    }

    /// <returns>Empty for what is no id.</returns>
    private static string TakeId(ref StrictJsonReader reader)
    {
        reader.Read();
        var id =
            reader.TokenType == JsonTokenType.String && reader.ValueLength <= LongestId
                ? $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(reader.GetString())}\""
            : reader.TryGetInt64(out var number) ? number.ToString(CultureInfo.InvariantCulture)
            : "";
        reader.SkipValue();
        return id;
    }

    public override string ToString() => Encoding.UTF8.GetString(Bytes.Span);
}
