using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>What a request is to be given back. Both states settle by it.</summary>
/// <param name="AdmittedAt">By the state's own clock: tells in which windows it was charged.</param>
/// <param name="TokensUsed">Null where nothing was sent.</param>
internal readonly record struct Settlement(AdmissionRequest Request, DateTimeOffset AdmittedAt, long? TokensUsed)
{
    /// <value>The idempotency key that is free again, as long as this request's decision holds it.</value>
    public IdempotencyUse? Freed => TokensUsed is null ? Request.Idempotency : null;

    /// <value>Whether there is nothing to be given back.</value>
    public bool IsEmpty => Request.Concurrency.Count + Request.Budgets.Count == 0 && Freed is null;

    /// <summary>The start of the window in which a budget was charged.</summary>
    public long WindowOf(BudgetUse use) => BudgetWindow.StartOf(Micros.From(AdmittedAt), use.Budget);

    /// <summary>What is to be added to what a budget was charged.</summary>
    public long DifferenceOf(BudgetUse use) => use.Charged(TokensUsed ?? 0) - use.Reserve;
}
