using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Decisions;

/// <summary>
/// The one binary form of an intent: every part in a fixed order, numbers and digests at their full width, texts in UTF-8 after their
/// length, so that no two intents look alike. Decision tokens are bound to it, and sampling goes by its digest.
/// </summary>
internal static class IntentLayout
{
    /// <summary>Throws at half a surrogate pair: a replacement would let two texts look alike.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _mine;

    public static Sha256Digest DigestOf(Intent intent)
    {
        var bytes = Begin();
        Write(bytes, intent, intent.Target);
        return Sha256Digest.Compute(bytes.WrittenSpan);
    }

    /// <summary>The thread's own bytes, emptied. Never across an <c>await</c>, nor two at a time.</summary>
    public static ArrayBufferWriter<byte> Begin()
    {
        var bytes = _mine ??= new ArrayBufferWriter<byte>(1024);
        bytes.ResetWrittenCount();
        return bytes;
    }

    /// <param name="target">In place of the intent's own.</param>
    public static void Write(ArrayBufferWriter<byte> to, Intent intent, in IntentTarget target)
    {
        Write(to, (long)intent.Strength);
        Write(to, (long)intent.Door);
        Write(to, (long)intent.Data);
        Write(to, (long)intent.Environment);
        Write(to, target.Headers);
        Write(to, target.Content);
        Write(to, intent.Tenant.ToString());
        Write(to, intent.Workspace.ToString());
        Write(to, intent.Agent.ToString());
        Write(to, intent.Connector.ToString());
        Write(to, intent.Operation.ToString());
        Write(to, intent.Model);
        Write(to, intent.Session);
        Write(to, target.Method);
        Write(to, target.Authority);
        Write(to, target.PathAndQuery);
        Write(to, intent.HostedTools.Count);
        for (var i = 0; i < intent.HostedTools.Count; i++)
        {
            Write(to, intent.HostedTools[i].ToString());
        }

        // Only where there is one, so that every other intent keeps the digest that approvals and records of earlier versions hold. Nothing
        // stands behind it, so none of those is another's beginning.
        if (intent.Definition is not null || intent.McpMethod is not null || intent.McpName is not null)
        {
            Write(to, intent.McpMethod);
            Write(to, intent.McpName);
            Write(to, intent.Definition is null ? 0 : 1);
            Write(to, intent.Definition.GetValueOrDefault());
        }
    }

    /// <summary>Big endian, 8 bytes.</summary>
    public static void Write(ArrayBufferWriter<byte> to, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(to.GetSpan(sizeof(long)), number);
        to.Advance(sizeof(long));
    }

    public static void Write(ArrayBufferWriter<byte> to, Sha256Digest digest)
    {
        digest.CopyTo(to.GetSpan(Sha256Digest.Length));
        to.Advance(Sha256Digest.Length);
    }

    /// <summary>Its length in bytes, then its UTF-8; -1 alone for none, which an empty text isn't.</summary>
    /// <exception cref="EncoderFallbackException">It holds half a surrogate pair.</exception>
    public static void Write(ArrayBufferWriter<byte> to, string? text)
    {
        Write(to, text is null ? -1 : Utf8.GetByteCount(text));
        Utf8.GetBytes(text, to);
    }
}
