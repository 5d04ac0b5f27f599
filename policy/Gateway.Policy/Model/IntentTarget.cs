namespace Gateway.Policy.Model;

/// <summary>
/// Exactly what will be sent: it is computed from what was judged, and again from the outgoing request just before the credential goes in.
/// </summary>
/// <param name="Method">Upper case.</param>
/// <param name="Authority">Scheme, host and port: <c>https://api.example.com:443</c>.</param>
/// <param name="PathAndQuery">As it goes on the wire.</param>
/// <param name="Headers">Digest of the forwarded headers (<c>name:value\n</c>, lower-case names in order), the empty digest for
/// none.</param>
/// <param name="Content">Digest of the body's exact bytes, of no bytes for none.</param>
public sealed record IntentTarget(string Method, string Authority, string PathAndQuery, Sha256Digest Headers, Sha256Digest Content);
