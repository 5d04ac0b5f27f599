using System.Text;
using Gateway.Connectors.Keys;
using Gateway.Evidence.Receipts;

namespace Gateway.Fuzz.Tests.Targets;

/// <summary>What is read of a key, a key's name or a receipt's is the whole text, and every part of it where it belongs.</summary>
internal static class AgentKeyTarget
{
    public static void Check(byte[] input)
    {
        var text = Encoding.Latin1.GetString(input);
        if (AgentKeyText.TryParse(text, out var key))
        {
            var prefix = key.Kind == AgentKeyKind.Bearer ? "gwk_" : "gws_";
            Promise.That(
                text.StartsWith($"{prefix}{key.Tenant}.{key.Id}.{key.Secret}", StringComparison.Ordinal),
                "Its parts are the key."
            );
            Promise.That(key.Secret.Length == AgentKeyText.SecretLength && text.Length <= AgentKeyText.MaxLength, "A key has its length.");
            Promise.That(
                AgentKeyText.TryParseKeyId(key.KeyId, out var tenant, out _) && tenant.SequenceEqual(key.Tenant),
                "Its name is one."
            );
            Promise.That(!key.ToString().Contains(key.Secret.ToString(), StringComparison.Ordinal), "Shown, it has no secret.");
        }

        if (AgentKeyText.TryParseKeyId(text, out var of, out var id))
        {
            Promise.Same(text, $"{of}.{id}", "A key's name is its parts.");
        }

        if (ReceiptId.TryParse(text, out var receipt))
        {
            Promise.Same(text, receipt.ToString(), "A receipt's name is its parts.");
        }
    }
}
