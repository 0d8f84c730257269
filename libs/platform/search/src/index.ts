export { searchQuery, searchVector } from './bigrams';
