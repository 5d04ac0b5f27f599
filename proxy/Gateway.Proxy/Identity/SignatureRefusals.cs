using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity;

/// <summary>
/// How a signature is refused. What can't be read is the caller's to mend and says how; what can be read and isn't good enough gets the
/// one uniform answer, and the note is for the journal alone.
/// </summary>
internal static class SignatureRefusals
{
    public static Refusal Malformed(string detail) => new(ReasonCode.MalformedRequest, detail);

    public static Refusal Ambiguous(string detail) => new(ReasonCode.AmbiguousRequest, detail);

    public static Refusal Invalid(string note) => new(ReasonCode.InvalidSignature, Note: note);

    public static Refusal Mismatch(string note) => new(ReasonCode.IdentityMismatch, Note: note);
}
