namespace Gateway.Connectors.Contracts;

/// <summary>
/// One change of a tenant's store, by its number and its note's id: a store that was put back from a copy and went on may have the number
/// again, and never the id.
/// </summary>
/// <param name="Sequence">As <see cref="StoreChange.Sequence"/>.</param>
/// <param name="Id">As <see cref="ChangeNote.Id"/>.</param>
public sealed record ChangeMark(long Sequence, string Id);
