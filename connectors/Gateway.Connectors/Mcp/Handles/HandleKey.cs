using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Handles;

/// <summary>
/// What handles are sealed with under one of the ring's keys. Each kind and owner has a key derived for it alone: HMAC-SHA256 of both under
/// a key that is itself derived for handles only.
/// </summary>
internal sealed class HandleKey
{
    private const string Label = "gateway-handle-v1";
    private const int TagLength = 16;

    private readonly KeyedHash _root;

    public HandleKey(NamedKey key)
    {
        _root = key.HashFor(Label);
        Span<byte> mark = stackalloc byte[KeyedHash.Length];
        key.HashFor(Label + "/mark").Compute([], mark);
        Mark = mark[0];
    }

    /// <summary>
    /// The first byte of what it seals, so that as a rule no other key is tried. It is no secret, and two keys may have the same: both are
    /// tried then.
    /// </summary>
    public byte Mark { get; }

    /// <summary>The cipher for one kind and owner. The caller disposes it.</summary>
    public AesGcm CipherOf(HandleKind kind, in HandleOwner owner)
    {
        Span<byte> whose = stackalloc byte[1 + (3 * (1 + Id<Agent>.MaxLength))];
        whose[0] = (byte)kind;
        var length = 1;
        Append(whose, ref length, owner.Tenant.ToString());
        Append(whose, ref length, owner.Agent.ToString());
        Append(whose, ref length, owner.Connector.ToString());
        Span<byte> key = stackalloc byte[KeyedHash.Length];
        _root.Compute(whose[..length], key);
        var aes = new AesGcm(key, TagLength);
        CryptographicOperations.ZeroMemory(key);
        return aes;
    }

    /// <summary>Behind its length, so that no two owners are the same bytes.</summary>
    private static void Append(Span<byte> whose, ref int length, string name)
    {
        whose[length++] = (byte)name.Length;
        length += Encoding.ASCII.GetBytes(name, whose[length..]);
    }
}
