using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Credentials;

/// <summary>
/// Finds the credential that went out with a request in what comes back, so that a system that says it again doesn't give it to the agent.
/// Finds it as it was sent, byte by byte: not one that was encoded, compressed or divided over events. Holds the secret for one answer;
/// immutable.
/// </summary>
public sealed class SecretGuard
{
    /// <summary>For an answer to a request that took no credential.</summary>
    public static readonly SecretGuard None = new([]);

    /// <summary>Shorter ones would be found in answers that don't tell them; they could be guessed anyway.</summary>
    private const int ShortestSecret = 8;

    private readonly byte[][] _forms;

    private SecretGuard(byte[][] forms) => _forms = forms;

    /// <param name="secret">Null where none was sent.</param>
    public static SecretGuard Of(CredentialUse? use, Secret? secret)
    {
        if (use is null || secret is null || secret.Reveal() is not { Length: >= ShortestSecret } value)
        {
            return None;
        }

        var text = Encoding.UTF8.GetBytes(value);
        return use.Placement switch
        {
            CredentialPlacement.Basic => new([text, Encoding.ASCII.GetBytes(Convert.ToBase64String(text)), .. PasswordOf(value)]),
            CredentialPlacement.Query when Uri.EscapeDataString(value) is var sent && sent != value => new([
                text,
                Encoding.ASCII.GetBytes(sent),
            ]),
            CredentialPlacement.Query or CredentialPlacement.Header or CredentialPlacement.Scheme or CredentialPlacement.Unspecified =>
                new([text]),
        };
    }

    public bool IsIn(ReadOnlySpan<byte> bytes)
    {
        foreach (var form in _forms)
        {
            if (bytes.IndexOf(form) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a header that would go to the caller holds it.</summary>
    public bool IsIn(HttpResponseMessage answer, IReadOnlyList<string> headers)
    {
        for (var i = 0; i < headers.Count && _forms.Length > 0; i++)
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
    public int BeginsIn(ReadOnlySpan<byte> bytes)
    {
        var longest = 0;
        foreach (var form in _forms)
        {
            for (var length = Math.Min(form.Length - 1, bytes.Length); length > longest; length--)
            {
                if (bytes[^length..].SequenceEqual(form.AsSpan(0, length)))
                {
                    longest = length;
                }
            }
        }

        return longest;
    }

    public override string ToString() => "***";

    /// <summary>What stands behind the colon is the secret; the name before it may well be in an answer.</summary>
    private static byte[][] PasswordOf(string value)
    {
        var password = value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return password.Length >= ShortestSecret ? [Encoding.UTF8.GetBytes(password)] : [];
    }
}
