namespace Gateway.Gait.Tests.Conformance;

/// <summary>The cases of one kind.</summary>
public sealed record CaseGroup(string Name, IReadOnlyList<CaseResult> Results)
{
    public IEnumerable<CaseResult> With(CaseStatus status) => Results.Where(result => result.Status == status);

    /// <summary><c>name: N passed, N failed, N out of scope</c>, and how many are stricter on purpose.</summary>
    public override string ToString()
    {
        var stricter = With(CaseStatus.Stricter).Count();
        return $"{Name}: {With(CaseStatus.Passed).Count()} passed, {With(CaseStatus.Failed).Count()} failed, "
            + $"{With(CaseStatus.OutOfScope).Count()} out of scope"
            + (stricter > 0 ? $", {stricter} stricter on purpose" : "");
    }
}
