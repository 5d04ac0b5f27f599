namespace Gateway.Gait.Tests.Conformance;

/// <summary>What one case of the corpus came to.</summary>
/// <param name="Detail">Why it failed, differs or is out of scope; empty for one that passed.</param>
public sealed record CaseResult(string Id, CaseStatus Status, string Detail = "")
{
    public static CaseResult Passed(string id) => new(id, CaseStatus.Passed);

    public static CaseResult Of(string id, string? failure) =>
        failure is null ? Passed(id) : new CaseResult(id, CaseStatus.Failed, failure);
}

public enum CaseStatus
{
    Failed = 0,
    Passed = 1,

    /// <summary>The verdict differs, and is stricter; the documentation lists it.</summary>
    Stricter = 2,

    /// <summary>It needs more than the policy engine.</summary>
    OutOfScope = 3,
}
