export { type Answer, type Answers, askedQuestions } from './domain/branching';
export { checkDefinition, type Fault, FAULT_CODES } from './domain/check-definition';
export {
  type Choice, type Condition, conditionValues, type Definition, LIMITS, type Numbered, OTHER, type Question, QUESTION_KINDS, type QuestionKind, questionsOf, scaleValues, type Section,
} from './domain/definition';
export { type DefinitionEdit, editDefinition, emptyDefinition, type QuestionInput, type SectionInput } from './domain/edit-definition';
export { askedByForm, type CleanText, fieldOf, otherFieldOf, type RawAnswers, readAnswers, rowFieldOf } from './domain/read-answers';
export { longestRendering, mapTexts, ownWords, renderAnswers } from './domain/render';
export { type Cell, type QuestionTable, tabulate, type Tabulation } from './domain/tabulate';
export { lockQuestionnaire, QUESTIONNAIRE_COLUMNS, type QuestionnaireRow } from './queries/questionnaires';
export { closeQuestionnaire, createQuestionnaire, goLive, recordResponse, saveDraft } from './use-cases/questionnaires';
