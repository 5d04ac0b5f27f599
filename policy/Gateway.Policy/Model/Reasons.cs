namespace Gateway.Policy.Model;

/// <summary>What is fixed about a reason.</summary>
/// <param name="Code">The stable name in answers, records and metrics: lower case and underscores.</param>
/// <param name="Status">The HTTP status of a refusal for this reason.</param>
/// <param name="Message">For the caller. One text for every reason with status 401, so that an answer doesn't say which check
/// failed.</param>
/// <param name="Remedy">What would help, for whoever can do it; may be shown to the caller.</param>
/// <param name="Owasp">The OWASP Agentic AI threat or LLM risk it answers, or null.</param>
public sealed record Reason(string Code, int Status, string Message, string Remedy, string? Owasp = null);

/// <summary>The closed list of reasons as data: code, status, text and remedy of each.</summary>
public static class Reasons
{
    // A code without its description would fail here, at the first use of any.
    private static readonly Reason[] Table =
    [
        .. Enum.GetValues<ReasonCode>()
            .Select(code =>
                PolicyReasons.All.GetValueOrDefault(code) ?? RequestReasons.All.GetValueOrDefault(code) ?? DeliveryReasons.All[code]
            ),
    ];

    private static readonly Dictionary<string, ReasonCode> ByCode = Index();

    /// <summary>The fixed part of a reason. The zero value is answered as an internal error.</summary>
    public static Reason Of(ReasonCode code) => Table[(int)code];

    public static bool TryParse(string code, out ReasonCode reason) => ByCode.TryGetValue(code, out reason);

    private static Dictionary<string, ReasonCode> Index()
    {
        var byCode = new Dictionary<string, ReasonCode>(StringComparer.Ordinal);
        foreach (var code in Enum.GetValues<ReasonCode>())
        {
            if (code != ReasonCode.None)
            {
                byCode.Add(Of(code).Code, code);
            }
        }

        return byCode;
    }
}
