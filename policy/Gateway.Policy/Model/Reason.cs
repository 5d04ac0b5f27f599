namespace Gateway.Policy.Model;

/// <summary>What is fixed about a reason.</summary>
/// <param name="Code">The stable name in answers, records and metrics: lower case and underscores.</param>
/// <param name="Status">The HTTP status of a refusal for this reason.</param>
/// <param name="Message">For the caller. One text for every reason with status 401, so that an answer doesn't say which check
/// failed.</param>
/// <param name="Remedy">What would help, for whoever can do it; may be shown to the caller.</param>
/// <param name="Owasp">The OWASP Agentic AI threat or LLM risk it answers, or null.</param>
public sealed record Reason(string Code, int Status, string Message, string Remedy, string? Owasp = null);
