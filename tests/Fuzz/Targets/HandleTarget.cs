using System.Text;
using Gateway.Connectors.Mcp.Handles;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>No text opens that wasn't sealed, and what opens is sealed in that one text only.</summary>
internal static class HandleTarget
{
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
    private static readonly HandleOwner Owner = new(Id<Tenant>.Parse("acme"), Id<Agent>.Parse("bot"), Id<Connector>.Parse("files"));
    private static readonly SealedHandles Handles = new(new KeyRing(KeyPurpose.BearerPepper, [new NamedKey("k1", new byte[32])]));
    private static readonly Dictionary<string, byte[]> Sealed = Values().ToDictionary(Seal);

    public static IEnumerable<byte[]> Seeds => Sealed.Keys.Select(Encoding.ASCII.GetBytes);

    public static void Check(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        var opens = Handles.TryOpen(HandleKind.Session, Owner, text, "binding"u8, Now, out var value);
        Promise.Same(opens, value is not null, "What opens has a value, and nothing else has.");
        Promise.That(!opens || value.AsSpan().SequenceEqual(Sealed.GetValueOrDefault(text)), "What opens was sealed, as this text.");
    }

    private static IEnumerable<byte[]> Values() => Enumerable.Range(0, 6).Select(length => new byte[length * length]);

    private static string Seal(byte[] value) =>
        Handles.TrySeal(HandleKind.Session, Owner, value, "binding"u8, Now.AddHours(1), out var text)
            ? text
            : throw new InvalidOperationException("A short value is sealed.");
}
